/** The machine's own time, kept from before virtual time took its place: to be loaded first. */
const { setImmediate, setInterval, performance } = globalThis;
const now = performance.now.bind(performance);

export const realTime = {
  /** ms, never going back */
  now,
  /** Resolves when everything that the event loop had ready has been done once. */
  turn: (): Promise<void> => new Promise((resolve) => void setImmediate(resolve)),
  /** Does not keep the process alive. */
  every: (period: number, task: () => void): void => void setInterval(task, period).unref(),
};
