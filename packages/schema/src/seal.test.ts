import { expect, test } from 'vitest'
import { createSealer, NotOpened, openSecrets, readSecretsKey } from './seal.ts'

const bytes = new Uint8Array(32).fill(7)
const hex = '07'.repeat(32)
const base64 = btoa(String.fromCharCode(...bytes))

test.each([hex, hex.toUpperCase(), base64, base64.replace('=', '')])('a key of 32 bytes is read: %s', (text) => {
  expect(readSecretsKey(text)).toEqual(bytes)
})

test.each(['', 'secret', hex.slice(2), `${hex}00`, `${base64}A`, btoa('short')])('no key: %s', (text) => {
  expect(readSecretsKey(text)).toBeNull()
})

test('what is sealed opens with its key, in its place alone, as it was', async () => {
  const sealer = await createSealer(bytes)
  const sealed = await sealer.seal('whsec_geheim ü', 'here')
  expect(await sealer.open(sealed, 'here')).toBe('whsec_geheim ü')
  expect(new TextDecoder('latin1').decode(sealed)).not.toContain('whsec')
  await expect(sealer.open(sealed, 'there')).rejects.toThrow(NotOpened)
  await expect((await createSealer(new Uint8Array(32))).open(sealed, 'here')).rejects.toThrow(NotOpened)
  const changed = sealed.map((byte, at) => (at === sealed.length - 1 ? byte ^ 1 : byte))
  await expect(sealer.open(changed, 'here')).rejects.toThrow(NotOpened)
  await expect(sealer.open(Uint8Array.of(9, ...sealed.subarray(1)), 'here')).rejects.toThrow(NotOpened)
})

test('a secret counts without the one before where that does not open, never the other way round', async () => {
  const [sealer, other] = [await createSealer(bytes), await createSealer(new Uint8Array(32))]
  const [mine, lost] = [await sealer.seal('new', 'here'), await other.seal('old', 'here')]
  const open = (secretSealed: Uint8Array, previousSecretSealed: Uint8Array | null) =>
    openSecrets(sealer, { secretSealed, previousSecretSealed }, 'here')
  expect(await open(mine, await sealer.seal('old', 'here'))).toEqual(['new', 'old'])
  expect(await open(mine, null)).toEqual(['new'])
  expect(await open(mine, lost)).toEqual(['new'])
  await expect(open(lost, mine)).rejects.toThrow(NotOpened)
})

test('the same text is never sealed to the same bytes', async () => {
  const sealer = await createSealer(bytes)
  expect(await sealer.seal('a', 'x')).not.toEqual(await sealer.seal('a', 'x'))
})
