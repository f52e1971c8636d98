import type { StatusLook } from './definition.ts';

/** Node-RED draws longer texts over the neighbouring nodes. */
export const STATUS_LENGTH = 19;

/** As Node-RED takes it; empty: none. */
export interface NodeStatus {
  readonly fill?: string;
  readonly shape?: string;
  readonly text?: string;
}

const LOOKS: Record<StatusLook, { fill: string; shape: string }> = {
  ok: { fill: 'green', shape: 'dot' },
  active: { fill: 'blue', shape: 'dot' },
  waiting: { fill: 'grey', shape: 'ring' },
  warning: { fill: 'yellow', shape: 'dot' },
  error: { fill: 'red', shape: 'dot' },
  off: { fill: 'grey', shape: 'dot' },
};

/** A status as Node-RED shows it; a longer text is cut with an ellipsis. */
export function statusOf(look: StatusLook, text: string): NodeStatus {
  const short = text.length > STATUS_LENGTH ? `${text.slice(0, STATUS_LENGTH - 1)}…` : text;
  return { ...LOOKS[look], text: short };
}
