/** Times in ms, shorter by a factor. */
export const scaled = <Times extends Record<string, number>>(times: Times, factor: number): Times =>
  Object.fromEntries(Object.entries(times).map(([name, ms]) => [name, ms * factor])) as Times
