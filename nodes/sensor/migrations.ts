/** What an older Millrace saved, in the next shape; the oldest first. */
export const migrations: readonly ((saved: Record<string, unknown>) => Record<string, unknown>)[] = [pinToPins];

/** Format 0: a sensor had one pin. */
function pinToPins({ pin, ...saved }: Record<string, unknown>): Record<string, unknown> {
  return typeof pin === 'string' && pin !== '' ? { ...saved, pins: [pin] } : saved;
}
