const matcher = [
  ...[
    'type',
    'condition',
    'part',
    'negative',
    'name',
    'status',
    'size',
    'words',
    'regex',
    'binary',
    'dsl',
    'xpath',
    'json',
  ],
  ...['encoding', 'case-insensitive', 'match-all', 'internal'],
]
const extractor = [
  ...[
    'name',
    'type',
    'regex',
    'group',
    'kval',
    'json',
    'xpath',
    'attribute',
    'dsl',
    'part',
    'internal',
    'case-insensitive',
  ],
]
const common = ['id', 'name', 'matchers', 'matchers-condition', 'extractors', 'stop-at-first-match']
const attack = ['payloads', 'attack', 'threads']

/**
 * What a custom template may have, by place. What is not here is refused: a key that reads files, runs code, chooses resolvers or
 * gives up the target, and one that a later Nuclei may bring.
 */
export const permittedKeys = {
  template: ['id', 'info', 'variables', 'stop-at-first-match', 'http', 'requests', 'dns', 'tcp', 'network', 'ssl'],
  http: [
    ...common,
    ...attack,
    ...['method', 'path', 'raw', 'headers', 'body', 'redirects', 'host-redirects', 'max-redirects', 'cookie-reuse'],
    ...['disable-cookie', 'read-all', 'max-size', 'unsafe', 'req-condition', 'skip-variables-check', 'iterate-all'],
    ...['digest-username', 'digest-password', 'disable-path-automerge'],
  ],
  dns: [...common, ...attack, 'type', 'class', 'retries', 'recursion'],
  tcp: [...common, ...attack, 'host', 'port', 'exclude-ports', 'inputs', 'read-size', 'read-all'],
  ssl: [...common, 'address', 'min_version', 'max_version', 'cipher_suites', 'scan_mode', 'tls_version_enum'],
  matcher,
  extractor,
  input: ['data', 'type', 'read', 'name'],
} as const satisfies Record<string, readonly string[]>

/** Protocol by the key that a template writes it with. */
export const protocolOf = {
  http: 'http',
  requests: 'http',
  dns: 'dns',
  tcp: 'tcp',
  network: 'tcp',
  ssl: 'ssl',
} as const
