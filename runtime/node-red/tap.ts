import type { NodeMessage } from './definition.ts';
import type { Red } from './red.ts';

/** A message on its way from an output. */
interface SendEvent {
  readonly msg: NodeMessage;
  readonly source: { readonly id: string; readonly port: number };
}
interface ReceiveEvent {
  readonly msg: NodeMessage;
  readonly destination: { readonly id: string };
}

export interface Tapped {
  readonly node: string;
  /** Counted from 0; undefined: what reaches the node. */
  readonly port: number | undefined;
  readonly take: (message: NodeMessage) => void;
}

/**
 * Hears what nodes of any kind send or get. Node-RED is hooked only while somebody listens: a hook costs at every message.
 * What leaves an output without a wire is not heard, because Node-RED itself does not see it.
 */
export function createTap({ hooks }: Red) {
  const sends = new Set<Tapped>();
  const receives = new Set<Tapped>();

  const onSend = (events: readonly SendEvent[]) => {
    for (const { node, port, take } of sends) {
      let last: NodeMessage | undefined;
      for (const { msg, source } of events) {
        // Two wires from one output carry the same message.
        if (source.id !== node || source.port !== port || msg === last) continue;
        last = msg;
        take(msg);
      }
    }
  };
  const onReceive = ({ msg, destination }: ReceiveEvent) => {
    for (const { node, take } of receives) if (destination.id === node) take(msg);
  };

  return {
    /** @returns what ends the listening */
    listen(tapped: Tapped): () => void {
      const [own, hook, hear] =
        tapped.port === undefined
          ? ([receives, 'onReceive.millrace-tap', onReceive] as const)
          : ([sends, 'onSend.millrace-tap', onSend] as const);
      if (own.size === 0) hooks.add(hook, hear);
      own.add(tapped);
      return () => {
        if (own.delete(tapped) && own.size === 0) hooks.remove(hook);
      };
    },
  };
}

export type Tap = ReturnType<typeof createTap>;
