/**
 * Does the work of a command that a gateway starts: it is no longer wanted when the gateway is gone, which shows by the
 * channel that it was started with. Where there is none it goes on to its end.
 */
export async function endWithParent<T>(work: () => Promise<T>): Promise<T> {
  // What it has started ends with it.
  const end = () => process.exit(1);
  process.once('disconnect', end);
  try {
    // Gone before anybody listened; without a channel it is undefined.
    if ((process.connected as boolean | undefined) === false) end();
    return await work();
  } finally {
    // A channel that is listened to holds the process.
    process.off('disconnect', end);
  }
}
