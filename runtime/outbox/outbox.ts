import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fieldKeysIn, openProtector } from '../keys/index.ts';
import { createAdmission } from './admission.ts';
import type { Destination, Outbox, OutboxOptions } from './contract.ts';
import { createRoster } from './roster.ts';
import { errors } from './errors.ts';
import { createOpener } from './queue/opener.ts';
import { openQueue } from './queue/queue.ts';
import { BUILT_IN_ID, type Protection, TABLE_TYPES } from './schema.ts';
import { createUnservedWatch } from './unserved.ts';
import { createWarnings } from './warnings.ts';

/** The queue's file, in the outbox's directory. */
const FILE = 'outbox.sqlite';

/**
 * The outbox of this process. Nothing is opened until a destination has something to send or a message is put; from
 * then on it holds a lock on its directory: STORE_LOCKED says that another process has it.
 */
export function openOutbox(options: OutboxOptions): Outbox {
  const { directory, gateway, clock } = options;
  const file = join(directory, FILE);
  const warnings = createWarnings();
  const admission = createAdmission(options);
  const roster = createRoster({ gateway, clock });
  const unserved = createUnservedWatch(clock, roster, warnings.add);
  const opener = createOpener(async () => {
    const queue = await openQueue(file, gateway, clock);
    if (queue.warning) warnings.add(queue.warning);
    roster.opened(queue);
    unserved.soon();
    return queue;
  }, clock);
  let closing: Promise<void> | undefined;

  const protector = options.protector ?? openProtector(fieldKeysIn(directory), clock);

  type Put = (rules: readonly Protection[], ...of: Parameters<Outbox['put']>) => ReturnType<Outbox['put']>;
  const putProtected: Put = async (rules, id, stream, message) => {
    if (closing) throw errors.OUTBOX_CLOSED({ stream });
    // In the order of the calls: all wait for the same promise.
    const open = admission.open(stream, message, await protector.protection(rules));
    const queue = await opener.get();
    const leave = admission.enter(open.length, roster.load());
    try {
      const appended = await queue.append(id, stream, open);
      roster.appended(id, appended);
      return appended.key;
    } finally {
      leave();
    }
  };

  const put: Outbox['put'] = (id, ...rest) => putProtected(roster.protectedBy(id), id, ...rest);

  const destination: Outbox['destination'] = (id, settings) => {
    const held = roster.serve(id, settings);
    warnings.withdraw(id);
    const start = () => {
      if (!closing) opener.get().catch(held.failed);
    };
    // What waits from an earlier run goes out even if nothing new comes.
    if (existsSync(file)) start();
    let closed: Promise<void> | undefined;
    const handle: Destination = {
      id,
      address: held.address,
      keepsKeys: TABLE_TYPES.includes(settings.type),
      start,
      // By its own rules: they must hold also for what comes while the destination is being served anew.
      put: (stream, message, options) => putProtected(held.protect, id, stream, message, options),
      state: held.state,
      onState: held.listen,
      close: () => (closed ??= held.leave().then(unserved.soon)),
    };
    return handle;
  };

  const close = async () => {
    unserved.stop();
    await roster.stop();
    await opener.close();
  };

  return {
    destination,
    standard: () => destination(BUILT_IN_ID, { type: 'built-in' }),
    put,
    destinations: () => roster.states().filter(({ served, depth }) => served || depth > 0),
    onWarning: warnings.listen,
    close: () => (closing ??= close()),
  };
}
