import { counter, type MillraceError } from '../base/index.ts';
import type { NodeContext } from './definition.ts';

const waited = counter(
  'millrace_awaiting_model_total',
  'Messages that came before there was the model that they are for',
);

/** What of a hold on a model is needed here. */
interface Held {
  readonly reference: string;
  readonly current: unknown;
  readonly awaited: MillraceError | undefined;
}

/** Of a node whose model may not be there yet: what it says, and what becomes of messages meanwhile. */
export interface ModelWait {
  /** Shows the status `noModel` of the node's locale.json, if there is no model. @returns whether there is none */
  say(): boolean;
  /** A message that can go no further. It is counted; the sidebar says once, at the model, what is waited for. */
  take(): void;
}

export function modelWait({ status, type }: Pick<NodeContext<unknown>, 'status' | 'type'>, hold?: Held): ModelWait {
  return {
    say() {
      if (!hold || hold.current !== undefined) return false;
      status('warning', 'noModel', { name: hold.reference });
      return true;
    },
    take: () => waited.add(1, { type }),
  };
}
