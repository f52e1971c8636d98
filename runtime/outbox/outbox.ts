import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { asMillraceError } from '../base/index.ts';
import { fieldKeysIn, openProtector, type Protect } from '../keys/index.ts';
import type { UploadKey } from '../messages/index.ts';
import { createAdmission } from './admission.ts';
import type { Destination, Outbox, OutboxOptions, PutOptions } from './contract.ts';
import { errors } from './errors.ts';
import { createLedgerFile, LEDGER_FILE, readPlaces } from './ledger-file.ts';
import { chunkMessages, outboxBytes } from './limits.ts';
import { meterOutbox } from './metrics.ts';
import { plainDestination } from './plain-destination.ts';
import { openQueue } from './queue/open-queue.ts';
import { createOpener } from './queue/opener.ts';
import type { Queue } from './queue/types.ts';
import { createRoster } from './roster.ts';
import { BUILT_IN_ID, type Protection, TABLE_TYPES, type TargetType } from './schema.ts';
import { connectTo } from './senders/index.ts';
import { createUnservedWatch } from './unserved.ts';
import { createWarnings } from './warnings.ts';

/** The queue's file, in the outbox's directory. */
const FILE = 'outbox.sqlite';

/** By whose rules a message goes in. */
interface Rules {
  readonly protect: readonly Protection[];
  readonly keepsKeys: boolean;
}

const keepsKeys = (type: TargetType | undefined) => type !== undefined && TABLE_TYPES.includes(type);

/**
 * The outbox of this process. Nothing is opened until a destination has something to send or a message is put; from
 * then on it holds a lock on its directory: STORE_LOCKED says that another process has it.
 */
export function openOutbox(options: OutboxOptions): Outbox {
  const { directory, gateway, clock, timezone } = options;
  const file = join(directory, FILE);
  const quota = options.maxBytes ?? outboxBytes.value;
  const warnings = createWarnings();
  const admission = createAdmission(options);
  const protector = options.protector ?? openProtector(fieldKeysIn(directory), clock);
  const ledgerFile = createLedgerFile({
    file: join(directory, LEDGER_FILE),
    clock,
    async ledger() {
      meter.store(await usage());
      return { ...(await ledger()), destinations: rows().map((row) => ({ ...row, course: [] })) };
    },
    failed: warnings.add,
  });
  const roster = createRoster({
    ...{ gateway, clock, timezone },
    userDir: options.userDir ?? dirname(directory),
    connect: options.connect ?? connectTo,
    changed: ledgerFile.changed,
    warn: warnings.add,
    dropped: (state) => meter.drop(state),
  });
  const meter = meterOutbox(roster.states);
  const unserved = createUnservedWatch(clock, roster, warnings.add);
  const opener = createOpener(async () => {
    const places = await readPlaces(join(directory, LEDGER_FILE));
    const queue = await openQueue({
      ...{ file, gateway, clock, quota, chunkMessages: chunkMessages.value },
      ...(options.thread !== undefined && { thread: options.thread }),
    });
    if (queue.warning) warnings.add(queue.warning);
    roster.opened(queue, places);
    queue.usage().then(meter.store, () => undefined);
    unserved.soon();
    return queue;
  }, clock);
  let closing: Promise<void> | undefined;
  /** Messages that wait for the queue to be opened, or for the keys: what comes later goes in after them. */
  let waiting = 0;

  const onDisk = (queue: Queue) => () =>
    queue.backlogs.reduce((sum, { depth, bytes }) => ({ messages: sum.messages + depth, bytes: sum.bytes + bytes }), {
      messages: 0,
      bytes: 0,
    });

  const append = (
    queue: Queue,
    rules: Rules,
    protect: Protect | undefined,
    ...[destination, stream, message, { lane = 'live', ttl = 0 } = {}]: Parameters<Outbox['put']>
  ): Promise<UploadKey> => {
    const { open, whole } = admission.open(stream, message, protect, rules.keepsKeys);
    admission.enter(onDisk(queue));
    return queue.append({ destination, stream, lane, open, ttl, whole }).then(
      (appended) => {
        admission.left();
        roster.appended(destination, appended.lane);
        ledgerFile.changed();
        return appended.key;
      },
      (error: unknown) => {
        admission.left();
        throw error;
      },
    );
  };
  const appendLater = async (rules: Rules, ...put: Parameters<Outbox['put']>): Promise<UploadKey> => {
    waiting += 1;
    try {
      // In the order of the calls: all wait for the same promises.
      const protect = rules.protect.length > 0 ? await protector.protection(rules.protect) : undefined;
      const queue = await opener.get();
      if (closing) throw errors.OUTBOX_CLOSED({ stream: put[1] });
      return append(queue, rules, protect, ...put);
    } finally {
      waiting -= 1;
    }
  };
  const putBy = (
    rules: Rules,
    id: string,
    stream: string,
    message: Readonly<Record<string, unknown>>,
    how?: PutOptions,
  ): Promise<UploadKey> => {
    try {
      if (closing) throw errors.OUTBOX_CLOSED({ stream });
      const { opened } = opener;
      return opened && waiting === 0 && rules.protect.length === 0
        ? append(opened, rules, undefined, id, stream, message, how)
        : appendLater(rules, id, stream, message, how);
    } catch (error) {
      // As the contract has it, everything that is wrong with a message rejects.
      return Promise.reject(asMillraceError(error));
    }
  };

  const put: Outbox['put'] = (id, ...rest) => {
    const target = roster.targetOf(id);
    return putBy({ protect: target?.protect ?? [], keepsKeys: keepsKeys(target?.type) }, id, ...rest);
  };

  const destination: Outbox['destination'] = (id, settings) => {
    const held = roster.serve(id, settings);
    warnings.withdraw(id);
    const start = () => {
      if (!closing) opener.get().catch(held.failed);
    };
    // What waits from an earlier run goes out even if nothing new comes.
    if (existsSync(file)) start();
    // By its own rules: they must hold also for what comes while the destination is being served anew.
    const rules: Rules = { protect: held.protect, keepsKeys: keepsKeys(settings.type) };
    let closed: Promise<void> | undefined;
    const handle: Destination = {
      id,
      address: held.address,
      keepsKeys: rules.keepsKeys,
      start,
      put: (stream, message, how) => putBy(rules, id, stream, message, how),
      state: held.state,
      onState: held.listen,
      close: () => (closed ??= held.leave().then(unserved.soon)),
    };
    return handle;
  };

  /** The queue; `undefined` where nothing was ever put. */
  const existing = async () => {
    if (closing) throw errors.OUTBOX_CLOSED({ stream: '' });
    return opener.opened ?? (existsSync(file) ? await opener.get() : undefined);
  };
  async function ledger() {
    const streams = (await opener.opened?.ledger()) ?? [];
    return {
      format: 1 as const,
      gateway,
      time: clock.now(),
      streams: streams.map((one) => ({ ...one, gaps: [...one.gaps], dead: [...one.dead] })),
    };
  }
  function rows() {
    const shown = roster.states().filter(isShown);
    return shown.map((state) => plainDestination(state, roster.course(state.id)));
  }
  async function usage() {
    return (await opener.opened?.usage()) ?? { bytes: 0, quota };
  }

  const close = async () => {
    unserved.stop();
    await roster.stop();
    await clock.hold(ledgerFile.close());
    meter.close();
    await clock.hold(opener.close());
  };

  return {
    destination,
    standard: () => destination(BUILT_IN_ID, { type: 'built-in' }),
    put,
    destinations: () => roster.states().filter(isShown),
    async setPaused(id, paused) {
      const queue = await existing().then((open) => open ?? opener.get());
      await queue.setPaused(id, paused);
      await roster.pause(id, paused);
    },
    deadLetters: async (which = {}) => (await existing())?.deadLetters(which) ?? [],
    async retryDead(id, letters) {
      const count = (await (await existing())?.retryDead(id, letters)) ?? 0;
      roster.lettersChanged(id, 'bulk');
      return count;
    },
    async removeDead(id, letters) {
      const count = (await (await existing())?.removeDead(id, letters)) ?? 0;
      roster.lettersChanged(id, 'bulk');
      return count;
    },
    async ledger() {
      await existing();
      return await ledger();
    },
    async usage() {
      await existing();
      return await usage();
    },
    rows,
    onWarning: warnings.listen,
    close: () => (closing ??= close()),
  };
}

const isShown = ({ served, depth, dead, paused }: ReturnType<Destination['state']>) =>
  served || depth > 0 || dead > 0 || paused;
