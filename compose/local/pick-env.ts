const PROXY = /^(https?|no|all)_proxy$/i

/** The named variables and those for proxies, for a program that needs no more of our environment. */
export function pickEnv(env: NodeJS.ProcessEnv, names: RegExp): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => names.test(name) || PROXY.test(name)))
}
