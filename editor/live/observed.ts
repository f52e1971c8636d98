/** A value that several parts of the page show. */
export interface Observed<T> {
  readonly value: T;
  set(next: T): void;
  /** Called after each change. @returns a function that ends it */
  onChange(listener: () => void): () => void;
}

export function observed<T>(initial: T): Observed<T> {
  const listeners = new Set<() => void>();
  let value = initial;
  return {
    get value() {
      return value;
    },
    set(next) {
      if (Object.is(next, value)) return;
      value = next;
      listeners.forEach((listener) => listener());
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
