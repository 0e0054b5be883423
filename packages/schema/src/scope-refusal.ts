import { classifyAddress } from './address.ts'
import { bracketed } from './host.ts'
import { formatScopePattern, type ScopePattern } from './scope-pattern.ts'
import type { ScopeRefusal } from './scope.ts'
import type { Target } from './target.ts'

/** One sentence for the orderer: what is refused, and the line that would allow it where one can. */
export function scopeRefusalMessage(target: Target, code: ScopeRefusal): string {
  const { host, port } = target
  const place = port === null ? bracketed(host) : `${bracketed(host)}:${port}`
  const address = literalOf(target)
  switch (code) {
    case 'no-rule':
      return `no rule allows ${place}: add ${allowing(target, address)}`
    case 'expired':
      return `the rule that allowed ${place} has expired: add ${allowing(target, address)}`
    case 'denied':
      return `a deny rule covers ${place}: no allow rule opens it while that one stands`
    case 'unresolvable':
      return `${place} resolves to no address: check the name in DNS, the rule is there`
    case 'private-address':
      return address === null
        ? `${place} resolves to a private address: the operator can open that one with SCOPE_ALLOW=ADDRESS/32${portOf(port)}`
        : `${place} is a private address: the operator can open it with ${operatorLine(target, address)}`
    case 'own-address':
      return `${place} is an address of this service itself: the operator can open it with ${
        address === null ? `SCOPE_ALLOW=ADDRESS/32:${port ?? 'PORT'}` : operatorLine(target, address, 'exact')
      }`
  }
}

function allowing(target: Target, address: string | null): string {
  if (address !== null && classifyAddress(address) !== 'public') return operatorLine(target, address)
  return `an allow rule "${formatScopePattern(patternOf(target, address))}"`
}

// Metadata and own addresses open for one named port only, so a bare host is told to name it.
function operatorLine(target: Target, address: string, how: 'any' | 'exact' = 'any'): string {
  const line = `SCOPE_ALLOW=${formatScopePattern(patternOf(target, address))}`
  const needsPort = how === 'exact' || classifyAddress(address) === 'metadata'
  return needsPort && target.port === null ? `${line}:PORT and a target that names this port` : line
}

function patternOf({ host, port }: Target, address: string | null): ScopePattern {
  if (address === null) return { kind: 'host', host, port }
  return address.includes(':')
    ? { kind: 'network', address, bits: 128, family: 6, port }
    : { kind: 'network', address, bits: 32, family: 4, port }
}

function literalOf({ host, address }: Target): string | null {
  if (host === 'localhost') return '127.0.0.1'
  return address === null ? null : host
}

function portOf(port: number | null): string {
  return port === null ? '' : `:${port}`
}
