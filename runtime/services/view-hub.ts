import type { View } from '../messages/index.ts';

/** The newest view of every node and kind, with a short history; whoever listens hears each new one. */
export interface ViewHub {
  publish(view: View): void;
  /** Everything that a browser that has just connected should see, oldest first. */
  snapshot(): readonly View[];
  /** @returns a function that ends the listening */
  listen(listener: (view: View) => void): () => void;
}
