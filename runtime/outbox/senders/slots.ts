/** Lets at most so many tasks be under way; the others wait in line. */
export function createSlots(most: number) {
  let free = most;
  const line: (() => void)[] = [];
  return {
    /** Runs the task when it is its turn; whoever ran it calls `leave` when it is done. */
    enter(task: () => void): void {
      if (free === 0) return void line.push(task);
      free -= 1;
      task();
    },
    leave(): void {
      const next = line.shift();
      if (next) next();
      else free += 1;
    },
  };
}
