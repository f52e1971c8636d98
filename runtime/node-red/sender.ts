import type { NodeMessage, Send } from './definition.ts';
import { toWire } from './messages.ts';

/** Sends what is safe for the wires; an `undefined` entry sends nothing on its output. */
export function sender(send: (messages: unknown) => void): Send {
  return (messages) => {
    if (!Array.isArray(messages)) return send(toWire(messages as NodeMessage));
    const outputs = messages as readonly (NodeMessage | readonly NodeMessage[] | undefined)[];
    send(
      outputs.map((output) => {
        if (output === undefined) return null;
        return Array.isArray(output)
          ? output.map((each) => toWire(each as NodeMessage))
          : toWire(output as NodeMessage);
      }),
    );
  };
}
