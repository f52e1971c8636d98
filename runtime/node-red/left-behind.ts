import type { NodeMessage, Send } from './definition.ts';
import type { Red } from './red.ts';

type Sent = Parameters<Send>[0];

const left = new WeakMap<Red['events'], Map<string, Sent[]>>();

/**
 * Messages that a node could not send any more when it closed, because the nodes behind it were closing too: the node that
 * comes in its place sends them.
 */
export function leftBehind({ events }: Pick<Red, 'events'>, id: string) {
  const all = left.get(events) ?? new Map<string, Sent[]>();
  left.set(events, all);
  return {
    leave: (messages: NodeMessage | Exclude<Sent, NodeMessage>) => void all.set(id, [...(all.get(id) ?? []), messages]),
    /** Each can be taken once. */
    take(): readonly Sent[] {
      const waiting = all.get(id) ?? [];
      all.delete(id);
      return waiting;
    },
  };
}
