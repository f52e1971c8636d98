import type { NodeRed } from './node-red.ts';

/** Keeps inject nodes from sending while a flow is to come to its end. Nothing is hooked in before: a hook costs at every message. */
export function createInjectGate({ hooks }: NodeRed) {
  let added = false;
  return {
    /** From now on inject nodes send nothing. */
    stop(): void {
      added = true;
      // The messages that Node-RED hands over at once are of one node.
      hooks.add('onSend.millrace', ([first]) => (first?.source.node.type === 'inject' ? false : undefined));
    },
    /** When the flows have stopped: Node-RED's hooks outlive them. */
    end(): void {
      if (added) hooks.remove('*.millrace');
    },
  };
}
