/** What a sender does, begun: what it throws at once rejects too. */
export async function started<T>(work: () => Promise<T>): Promise<T> {
  return await work();
}
