/** Runs tasks one after the other, so that answers keep the order of the questions; refuses when too many wait. */
export interface RequestQueue {
  readonly waiting: number;
  /** @returns the task's answer, or `undefined` if the queue is full and the task will not run */
  ask<T>(task: () => Promise<T>): Promise<T> | undefined;
  /** Resolves when nothing waits and nothing runs. */
  idle(): Promise<void>;
}

export function createRequestQueue(limit: number): RequestQueue {
  let waiting = 0;
  let last: Promise<unknown> = Promise.resolve();
  return {
    get waiting() {
      return waiting;
    },
    ask(task) {
      if (waiting >= limit) return undefined;
      waiting++;
      const answer = last.then(task);
      last = answer.then(settle, settle);
      return answer;
    },
    async idle() {
      await last;
    },
  };

  function settle() {
    waiting--;
  }
}
