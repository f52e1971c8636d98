/**
 * Johnny-Five's components, made to be put away. A component that was created stays in Johnny-Five's own tables and on its
 * listeners for as long as the thread lives, so one is kept for each use of a pin and woken again instead of made anew.
 */
import type { EventEmitter } from 'node:events';
import type { Component } from './readers/reader.ts';

/** Johnny-Five's name of a pin: `A0`, or a number. */
export const johnnyPin = (pin: string): number | string => (pin.startsWith('A') ? pin : Number(pin.slice(1)));

/** Makes a component whose listeners on the wire can be taken off and put back. */
export function restable<C extends EventEmitter>(
  io: EventEmitter,
  create: () => C,
  turn: (component: C, awake: boolean) => void,
  listen: (component: C) => void,
): Component {
  const before = new Map(io.eventNames().map((event) => [event, new Set(io.rawListeners(event))]));
  const component = create();
  listen(component);
  const wires = io.eventNames().flatMap((event) =>
    io
      .rawListeners(event)
      .filter((listener) => !before.get(event)?.has(listener))
      .map((listener) => ({ event, listener: listener as (...values: unknown[]) => void })),
  );
  let awake = true;
  return {
    wake() {
      if (awake) return;
      awake = true;
      for (const { event, listener } of wires) io.on(event, listener);
      turn(component, true);
    },
    rest() {
      if (!awake) return;
      awake = false;
      for (const { event, listener } of wires) io.removeListener(event, listener);
      turn(component, false);
    },
  };
}

/** Several components as one. */
export const together = (components: readonly Component[]): Component => ({
  wake: () => components.forEach((component) => component.wake()),
  rest: () => components.forEach((component) => component.rest()),
});
