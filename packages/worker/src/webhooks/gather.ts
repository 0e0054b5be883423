type Waiting<Item, Out> = { item: Item; resolve(out: Out): void; reject(error: unknown): void }

/**
 * Makes one call of many: what comes while a call is under way goes out with the next one, up to `most`, so that many wait for one
 * commit. Nothing waits where none is under way. Where a call fails, each that it carried is tried alone, so that none fails for
 * another. `send` answers in the order it was asked.
 */
export function gather<Item, Out>(most: number, send: (items: Item[]) => Promise<Out[]>): (item: Item) => Promise<Out> {
  const waiting: Waiting<Item, Out>[] = []
  let isBusy = false

  const carry = async (batch: Waiting<Item, Out>[]): Promise<void> => {
    try {
      const outs = await send(batch.map(({ item }) => item))
      for (const [n, out] of outs.entries()) batch[n]?.resolve(out)
    } catch (error) {
      if (batch.length === 1) batch[0]?.reject(error)
      else for (const one of batch) await carry([one])
    }
  }
  const drain = async (): Promise<void> => {
    isBusy = true
    while (waiting.length > 0) await carry(waiting.splice(0, most))
    isBusy = false
  }
  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject })
      if (!isBusy) void drain()
    })
}
