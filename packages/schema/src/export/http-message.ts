type Message = { protocol?: string; version?: string; headers?: Record<string, string>; body?: { text: string } }

/**
 * A request as it was kept, in SARIF's parts (webRequest, 3.46). Of one that is no HTTP, or was cut, what can be told: the rest
 * is its body. None for null.
 */
export function parseRequest(text: string | null): Message & { method?: string } {
  if (text === null) return {}
  const [, method, , protocol, version] = /^([A-Z]{1,20}) (\S+) (HTTP)\/([\d.]{1,5})\r?\n/.exec(text) ?? []
  if (method === undefined) return { body: { text } }
  return { ...partsOf(text), ...protocolOf(protocol, version), method }
}

/** A response in the same way (webResponse, 3.47). */
export function parseResponse(text: string): Message & { statusCode?: number; reasonPhrase?: string } {
  const [, protocol, version, status, reason] = /^(HTTP)\/([\d.]{1,5}) (\d{3})(?: ([^\r\n]*))?\r?\n/.exec(text) ?? []
  if (status === undefined) return { body: { text } }
  return {
    ...partsOf(text),
    ...protocolOf(protocol, version),
    statusCode: Number(status),
    ...(reason === undefined || reason === '' ? {} : { reasonPhrase: reason }),
  }
}

const protocolOf = (protocol = '', version = '') => ({ protocol, version })

function partsOf(text: string): Message {
  const end = /\r?\n\r?\n/.exec(text)
  const head = text.slice(0, end?.index ?? text.length)
  const headers: Record<string, string> = {}
  for (const line of head.split(/\r?\n/).slice(1)) {
    const [, name, value] = /^([^\s:]+)[ \t]*:[ \t]*(.*)$/su.exec(line) ?? []
    if (name !== undefined) headers[name] = name in headers ? `${headers[name]}, ${value}` : (value ?? '')
  }
  const body = end === null ? '' : text.slice(end.index + end[0].length)
  return { headers, ...(body === '' ? {} : { body: { text: body } }) }
}
