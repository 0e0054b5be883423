/** The promise's value, or `late` when it has none after `ms`. The promise goes on unwatched; its later error is dropped. */
export async function within<T, L>(promise: Promise<T>, ms: number, late: L): Promise<T | L> {
  let timer: NodeJS.Timeout | undefined
  const over = new Promise<L>((resolve) => {
    timer = setTimeout(resolve, ms, late)
  })
  return await Promise.race([promise, over]).finally(() => clearTimeout(timer))
}
