import { canonicalAddress, carriedAddress, classifyAddress, liesIn } from './address.ts'
import type { ScopePattern } from './scope-pattern.ts'
import type { Target } from './target.ts'

export { scopeRefusalMessage } from './scope-refusal.ts'

/** One rule; `expiresAt` is an ISO time, null for never. An expired rule counts for nothing. */
export type ScopeRule = {
  effect: 'allow' | 'deny'
  pattern: ScopePattern
  origin: 'operator' | 'workspace'
  expiresAt: string | null
}

/** Why a target or a connection is refused; the closed list of 422 `target-out-of-scope`. */
export type ScopeRefusal = 'no-rule' | 'denied' | 'expired' | 'private-address' | 'own-address' | 'unresolvable'

/** The answer to "may this be scanned". */
export type ScopeDecision = { allowed: true } | { allowed: false; code: ScopeRefusal }

/** An address of the service's own PostgreSQL, Redis or API; port null means all of its ports. */
export type OwnAddress = { address: string; port: number | null }

/** All rules that hold for one workspace, the operator's included, and what the service itself stands on. */
export type Scope = { rules: ScopeRule[]; own: OwnAddress[] }

type Judged = ScopeRefusal | null

/**
 * At order and at claim. `resolved` are the addresses the target's name has, [] when it has none, null when nobody
 * looked (then only names and literals are judged). A name needs a rule for the name, and each of its addresses must
 * be public or opened by the operator; a literal needs a rule for its network. `localhost` counts as 127.0.0.1. A bare
 * host needs a rule without port; a deny rule with a port leaves it to the wall.
 */
export function decideTarget(scope: Scope, target: Target, resolved: string[] | null, now: Date): ScopeDecision {
  const { host, port } = target
  return decide(scope.rules, now, (rules) => {
    if (target.address !== null) return judgeAddress(rules, scope.own, host, port, false)
    if (namesHost(rules, 'deny', host, port)) return 'denied'
    if (host === 'localhost') return judgeAddress(rules, scope.own, '127.0.0.1', port, false)
    const named = namesHost(rules, 'allow', host, port)
    const refusals = (resolved ?? []).map((address) => judgeAddress(rules, scope.own, address, port, named))
    if (refusals.includes('denied')) return 'denied'
    if (!named) return 'no-rule'
    if (resolved?.length === 0) return 'unresolvable'
    return refusals.find((refusal) => refusal !== null) ?? null
  })
}

/**
 * At connect, the wall's question: `name` is the host name asked for, null when the client gave an address; `address`
 * is the one about to be dialled. A rule for the name or for the network opens it; private, own and metadata addresses
 * as in `decideTarget`.
 */
export function decideConnect(
  scope: Scope,
  to: { name: string | null; address: string; port: number },
  now: Date,
): ScopeDecision {
  const name = to.name === null || canonicalAddress(to.name) !== null ? null : to.name.toLowerCase().replace(/\.$/, '')
  return decide(scope.rules, now, (rules) => {
    if (name !== null && namesHost(rules, 'deny', name, to.port)) return 'denied'
    const named = name !== null && namesHost(rules, 'allow', name, to.port)
    return judgeAddress(rules, scope.own, to.address, to.port, named)
  })
}

function decide(rules: ScopeRule[], now: Date, judge: (rules: ScopeRule[]) => Judged): ScopeDecision {
  const live = rules.filter((rule) => counts(rule, now))
  const code = judge(live)
  if (code === null) return { allowed: true }
  if (live.length === rules.length) return { allowed: false, code }
  const before = judge(rules.filter((rule) => rule.effect === 'allow' || counts(rule, now)))
  const onlyExpired = before === null || (code === 'no-rule' && before !== 'no-rule')
  return { allowed: false, code: onlyExpired ? 'expired' : code }
}

// A time that cannot be read closes: it ends an allow rule and keeps a deny rule.
function counts(rule: ScopeRule, now: Date): boolean {
  if (rule.expiresAt === null) return true
  const end = Date.parse(rule.expiresAt)
  return rule.effect === 'allow' ? end > now.getTime() : !(end <= now.getTime())
}

function namesHost(rules: ScopeRule[], effect: ScopeRule['effect'], host: string, port: number | null): boolean {
  return rules.some(
    ({ effect: has, pattern }) =>
      has === effect &&
      fitsPort(pattern, port) &&
      ((pattern.kind === 'host' && pattern.host === host) ||
        (pattern.kind === 'subdomains' && (pattern.host === '' || host.endsWith(`.${pattern.host}`)))),
  )
}

function judgeAddress(rules: ScopeRule[], own: OwnAddress[], ip: string, port: number | null, named: boolean): Judged {
  const address = canonicalAddress(ip)
  if (address === null) return 'private-address'
  const within = liesIn(address)
  const holding = rules.filter(
    ({ pattern }) => pattern.kind === 'network' && fitsPort(pattern, port) && within(pattern.address, pattern.bits),
  )
  if (holding.some((rule) => rule.effect === 'deny')) return 'denied'
  const byOperator = holding.filter((rule) => rule.origin === 'operator')
  const exact = byOperator.some(({ pattern }) => pattern.port !== null && isOneAddress(pattern))
  if (own.some((one) => isOwn(one, address, port))) return exact ? null : 'own-address'
  switch (classifyAddress(address)) {
    case 'metadata':
      return exact ? null : 'private-address'
    case 'private':
      return byOperator.length > 0 ? null : 'private-address'
    case 'public':
      return named || holding.length > 0 ? null : 'no-rule'
  }
}

function fitsPort(pattern: ScopePattern, port: number | null): boolean {
  return pattern.port === null || pattern.port === port
}

function isOneAddress(pattern: ScopePattern): boolean {
  return pattern.kind === 'network' && pattern.bits === (pattern.family === 4 ? 32 : 128)
}

function isOwn(own: OwnAddress, address: string, port: number | null): boolean {
  if (own.port !== null && own.port !== port) return false
  const mine = canonicalAddress(own.address)
  if (mine === null) return false
  return mine === address || mine === carriedAddress(address) || (isThisMachine(mine) && isThisMachine(address))
}

// All of 127/8, and the unspecified addresses, which Linux dials as loopback.
function isThisMachine(address: string): boolean {
  return address.startsWith('127.') || ['0.0.0.0', '::', '::1'].includes(address)
}
