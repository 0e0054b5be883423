/** The promise's value, or `'late'` when it did not settle within `ms`; its rejection passes through, the work goes on. */
export async function within<Value>(ms: number, promise: Promise<Value>): Promise<Value | 'late'> {
  const late = Promise.withResolvers<'late'>()
  const timer = setTimeout(() => late.resolve('late'), ms)
  try {
    return await Promise.race([promise, late.promise])
  } finally {
    clearTimeout(timer)
  }
}
