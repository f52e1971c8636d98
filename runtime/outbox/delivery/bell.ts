/** Wakes the one who waits; a ring that nobody heard wakes the next at once. */
export function createBell() {
  let rung = false;
  let wake: (() => void) | undefined;
  return {
    ring(): void {
      rung = true;
      wake?.();
    },
    async heard(): Promise<void> {
      if (!rung) await new Promise<void>((resolve) => (wake = resolve));
      wake = undefined;
      rung = false;
    },
  };
}
