/** Credentials in HTTP headers, as names in lower case. */
const headerNames = [
  ...['authorization', 'proxy-authorization', 'cookie', 'cookie2', 'set-cookie', 'set-cookie2'],
  ...['x-api-key', 'api-key', 'apikey', 'x-auth-token', 'x-access-token', 'x-session-token', 'x-csrf-token'],
  ...['private-token', 'x-gitlab-token', 'x-vault-token', 'x-goog-api-key', 'x-amz-security-token'],
]
/** The same as a part of an expression. */
export const headerName = `(?:${headerNames.join('|')})`

/**
 * Keys that tell what they are by their form, as their issuers document them. Each takes time linear in the text: what a run
 * may repeat never starts with what comes before it.
 */
export const keyShapes: readonly RegExp[] = [
  // AWS access keys, and the secret one by the name that stands before it.
  /(?<![A-Za-z0-9])(?:AKIA|ASIA)[0-9A-Z]{16}(?![A-Za-z0-9])/g,
  /(?<=aws_?(?:secret|session)_?(?:access_?key|token)["'\s]{0,3}[:=]["'\s]{0,3})[A-Za-z0-9/+=]{40,2048}/gi,
  // GitHub, GitLab
  /(?<![A-Za-z0-9])gh[pousr]_[A-Za-z0-9]{36,255}/g,
  /(?<![A-Za-z0-9])github_pat_[A-Za-z0-9_]{22,255}/g,
  /(?<![A-Za-z0-9])gl(?:pat|ptt|rt|dt|cbt|agent|oas)-[A-Za-z0-9_.-]{20,255}/g,
  // Slack: tokens, app tokens, incoming webhooks
  /(?<![A-Za-z0-9])xox[abeprs]-[A-Za-z0-9-]{10,}/g,
  /(?<![A-Za-z0-9])xapp-[A-Za-z0-9-]{10,}/g,
  /(?<=hooks\.slack\.com\/(?:services|workflows)\/)[A-Za-z0-9/_]{20,255}/g,
  // Stripe keys and webhook secrets
  /(?<![A-Za-z0-9])(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{16,255}/g,
  /(?<![A-Za-z0-9])whsec_[A-Za-z0-9+/=]{24,255}/g,
  // Google API keys, OAuth tokens and client secrets
  /(?<![A-Za-z0-9])AIza[0-9A-Za-z_-]{35}/g,
  /(?<![A-Za-z0-9])ya29\.[0-9A-Za-z_-]{20,2048}/g,
  /(?<![A-Za-z0-9])GOCSPX-[0-9A-Za-z_-]{28}/g,
  // OpenAI and Anthropic, npm, PyPI, SendGrid, DigitalOcean, Hugging Face, Azure storage
  /(?<![A-Za-z0-9])sk-(?:proj-|ant-|svcacct-)?[A-Za-z0-9_-]{32,255}/g,
  /(?<![A-Za-z0-9])npm_[A-Za-z0-9]{36}/g,
  /(?<![A-Za-z0-9])pypi-[A-Za-z0-9_-]{50,1024}/g,
  /(?<![A-Za-z0-9])SG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}/g,
  /(?<![A-Za-z0-9])do[oprt]_v1_[a-f0-9]{64}/g,
  /(?<![A-Za-z0-9])hf_[A-Za-z0-9]{34,64}/g,
  /(?<=AccountKey=)[A-Za-z0-9/+=]{44,255}/g,
  // Assayer
  /(?<![A-Za-z0-9])asy_[0-9a-z]{26}_[0-9a-z]{58}/g,
  // RFC 6750, wherever it stands
  /(?<=\bbearer\s{1,2})[A-Za-z0-9._~+/-]{16,8192}={0,2}/gi,
  // A password in a URL: scheme://user:password@host
  /(?<=[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:@/]{0,64}:)[^\s@/]{1,256}(?=@)/gi,
]
