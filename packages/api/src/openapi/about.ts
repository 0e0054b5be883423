/** What a reader of the document needs to know first. */
export const about = `Vulnerability scans with Nuclei: ordered over HTTP, never lost, never run twice, never shown clean when nothing was looked at.

Send a key with each request: \`Authorization: Bearer asy_...\`. Input objects are closed: an unknown field or parameter is refused. Answers are open: live with new fields, and with new words where a list is called open.

Refusals come as \`application/problem+json\` with a stable \`code\`, a \`type\` that leads to what it means, a \`requestId\` and, for input, \`errors\` that point to each mistake. Times are RFC 3339 in UTC. Ids are TypeIDs, such as \`scn_...\`.

Lists take \`limit\` and \`cursor\` and answer \`{ data, nextCursor }\`. A filter given more than once means any of its values; labels mean all.`
