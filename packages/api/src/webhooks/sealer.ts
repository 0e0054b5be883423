import type { Sealer } from '@assayer/schema'
import type { Deps } from '../deps.ts'
import { invalidInput } from '../request/validate.ts'

/** What seals secrets; refused where the operator gave no key, as a secret must not be stored in the clear. */
export function sealerOf({ sealer }: Pick<Deps, 'sealer'>): Sealer {
  if (sealer !== null) return sealer
  const message = 'the operator has to set SECRETS_KEY before a secret can be stored'
  throw invalidInput([{ in: 'body', pointer: '', code: 'no-secrets-key', message }])
}
