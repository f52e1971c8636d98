import { EventEmitter } from 'node:events';
import type { MillraceError } from '../base/index.ts';
import type { Red, RedNode } from './red.ts';

export interface LogWatch {
  /**
   * Hands an error to Node-RED by `hand`. Node-RED logs an error only where no Catch node takes it; a person at the
   * console wants to see it either way, and once.
   *
   * @param tell false where the same error was told a moment ago
   */
  hand(node: RedNode, error: MillraceError, tell: boolean, hand: () => void): void;
  /** Logs a warning, as Node-RED shows them. */
  note(node: RedNode, warning: MillraceError): void;
}

// One listener a Node-RED, however many types register; its events object is the same for all of them.
const watches = new WeakMap<Red['events'], LogWatch>();

/** Listens to Node-RED's log, to know what it has logged itself. */
export function watchLog(red: Red): LogWatch {
  const watch = watches.get(red.events) ?? createWatch(red);
  watches.set(red.events, watch);
  return watch;
}

function createWatch(red: Red): LogWatch {
  let logged: string | undefined;
  const handler = new EventEmitter();
  handler.on('log', (record: { id?: string; level: number }) => {
    if (record.level <= red.log.ERROR) logged = record.id;
  });
  red.log.addHandler(handler);
  return {
    note(node, warning) {
      node.warn(warning.toString());
    },
    hand(node, error, tell, hand) {
      logged = undefined;
      hand();
      if (!tell || logged === node.id) return;
      const { id, type, name } = node;
      red.log.log({ level: red.log.ERROR, id, type, ...(name !== undefined && { name }), msg: error });
    },
  };
}
