import { asMillraceError, type Clock, type MillraceError, type Timer } from '../../base/index.ts';
import { errors } from '../errors.ts';
import type { Hold, Policy } from '../policies/types.ts';
import type { Item, Queue } from '../queue/types.ts';
import { type Lane, LANES } from '../schema.ts';
import { type Batch, type Connection, MessagesRefused } from '../senders/index.ts';
import type { Tracker } from '../tracker.ts';
import type { createAcknowledger } from './acknowledger.ts';
import { createBehind } from './behind.ts';
import { createBell } from './bell.ts';
import { batchName } from './batch-name.ts';
import type { Sent } from './in-flight.ts';
import { type Course, createLane, type LaneSession } from './lane.ts';
import { sortOut } from './refused.ts';
import { createSilenceWatch } from './silence.ts';
import { started } from './started.ts';

/** Read ahead, messages: a connection is never kept waiting for the disk. */
const AHEAD = 500;

/** The most that is held in memory for one batch, bytes. */
const MOST_BYTES = 64 * 1024 * 1024;

/** How long a stop waits for acknowledgements, ms. */
const PARTING = 500;

/** Where nothing may be sent for so long, the connection is closed meanwhile, ms. */
const REST = 300_000;

/** After failures. */
export interface Caution {
  /** How much may be sent at once: less, for a link on which only little gets through. */
  messages: number;
  /** One message is on trial. */
  trial: boolean;
}

export interface TransmissionOptions {
  readonly destination: string;
  readonly address: string;
  readonly queue: Queue;
  readonly clock: Clock;
  readonly tracker: Tracker;
  readonly policy: Policy;
  readonly courses: Readonly<Record<Lane, Course>>;
  readonly acknowledgers: Readonly<Record<Lane, ReturnType<typeof createAcknowledger>>>;
  readonly caution: Caution;
  readonly signal: AbortSignal;
  /** The destination has answered. */
  onProgress(): void;
  /** What its receiver must hold has changed. */
  changed(): void;
}

/** What is sent over one connection: each lane in its order, a bounded window under way. */
export function createTransmission(options: TransmissionOptions) {
  const { destination, queue, clock, tracker, policy, caution, signal } = options;
  const bell = createBell();
  const lanes = LANES.map((lane) =>
    createLane({
      lane,
      open: () => queue.reader(destination, lane),
      course: options.courses[lane],
      now: () => clock.now(),
    }),
  );
  const charged = new WeakMap<Batch, number>();
  let underWay = 0;
  let failure: MillraceError | undefined;
  let over = false;

  const lost = (error: unknown) => {
    if (over) return;
    failure ??= asMillraceError(error);
    bell.ring();
  };
  const behind = createBehind({ queue, clock, caughtUp: bell.ring, failed: lost });
  const silence = createSilenceWatch(clock, (seconds) =>
    lost(errors.DESTINATION_SILENT({ address: options.address, seconds })),
  );

  const readOn = async (lane: LaneSession) => {
    await lane.read();
    bell.ring();
  };

  /** Of a batch or of what is left of it: what of the lane may now be acknowledged is. */
  const settle = (lane: LaneSession, sent: Sent) => {
    const ready = lane.inFlight.settle(sent);
    let taken = 0;
    for (const { items, refused } of ready) {
      lane.settled(items);
      taken -= refused.length;
      for (const { gap } of items) if (!gap) taken += 1;
    }
    options.acknowledgers[lane.lane].add(ready);
    behind.acknowledged(ready.reduce((sum, { items }) => sum + items.length, 0));
    tracker.acknowledged(Math.max(0, taken));
    options.changed();
  };

  const answered = (bytes: number) => {
    underWay -= 1;
    silence.answered(bytes);
    caution.messages *= 2;
    caution.trial = false;
    options.onProgress();
    bell.ring();
  };

  /** @returns their size */
  const sendItems = (connection: Connection, lane: LaneSession, sent: Sent, items: readonly Item[]): number => {
    const first = items[0];
    if (!first) return 0;
    const bytes = items.reduce((sum, { body }) => sum + body.length, 0);
    const batch: Batch = { name: batchName(lane.lane, first.place), lane: lane.lane, messages: items };
    charged.set(batch, bytes);
    policy.spent(lane.lane, bytes);
    underWay += 1;
    silence.sent(bytes);
    const taken = () => {
      // An acknowledgement that comes after the connection was given up is not believed: the message is sent again.
      if (failure ?? over) return;
      answered(bytes);
      const [repair] = lane.repairs;
      if (repair?.sent !== sent) return settle(lane, sent);
      repair.groups.shift();
      mend(lane);
    };
    const refused = (error: unknown) => {
      if (!(error instanceof MessagesRefused)) return lost(error);
      if (failure ?? over) return;
      answered(bytes);
      const { refused: never, again } = sortOut(items, error);
      sent.refused.push(...never);
      const repair = lane.repairs.find((one) => one.sent === sent);
      if (repair) repair.groups.splice(0, 1, ...again);
      else if (again.length > 0) lane.repairs.push({ sent, groups: [...again] });
      else return settle(lane, sent);
      mend(lane);
    };
    started(() => connection.send(batch)).then(taken, refused);
    return bytes;
  };

  /** Repairs of which nothing is left are done. */
  const mend = (lane: LaneSession) => {
    while (lane.repairs[0]?.groups.length === 0) {
      const repair = lane.repairs.shift();
      if (repair) settle(lane, repair.sent);
    }
  };

  const repairing = new Map<LaneSession, readonly Item[]>();

  /** What was refused in part goes on once nothing else of its lane is under way. @returns whether something was sent */
  const repair = (connection: Connection): boolean => {
    for (const lane of lanes) {
      const group = lane.repairs[0]?.groups[0];
      if (!group || repairing.get(lane) === group) continue;
      if (lane.repairs.length < lane.inFlight.open) continue;
      repairing.set(lane, group);
      const sent = lane.repairs[0]?.sent;
      if (sent) sendItems(connection, lane, sent, group);
      return true;
    }
    return false;
  };

  const windowFor = (connection: Connection, lane: Lane): number => {
    if (caution.trial) return 1;
    // The last place is kept for an alarm.
    return lane === 'alarm' ? connection.window : Math.max(1, connection.window - 1);
  };

  let wakeUp: Timer | undefined;
  const wait = async (hold: Hold | undefined) => {
    const before = tracker.now.holding;
    const holding = hold && holdingOf(hold);
    if (before?.reason !== holding?.reason || before?.until !== holding?.until) tracker.update({ holding });
    if (hold && hold.at < Infinity) {
      wakeUp = clock.after(Math.max(1, hold.at - clock.monotonic()), bell.ring);
    }
    await bell.heard();
    wakeUp?.cancel();
  };

  /** @returns whether there is nothing to do for long */
  const step = async (connection: Connection): Promise<boolean> => {
    if (LANES.some((lane) => options.acknowledgers[lane].stuck)) return await wait(undefined).then(() => false);
    if (underWay < connection.window && repair(connection)) return false;
    for (const lane of lanes) {
      if (lane.dry || lane.reading || lane.buffered >= AHEAD) continue;
      readOn(lane).catch(lost);
    }
    const backlog = queue.backlog(destination);
    const next = policy.next(lanes.map((one) => one.waiting(backlog.find(({ lane }) => lane === one.lane))));
    const lane = next && lanes.find((one) => one.lane === next.lane);
    if (!next || !lane) return await wait(undefined).then(() => false);
    const { verdict } = next;
    if ('at' in verdict) {
      const idle = underWay === 0 && lanes.every(({ reading }) => !reading);
      if (idle && (verdict.until ?? 0) - clock.now() > REST) return true;
      await wait(verdict);
      return false;
    }
    const room = windowFor(connection, lane.lane);
    if (underWay >= room || behind.tooFar) {
      await wait(undefined);
      return false;
    }
    let { messages, bytes } = verdict.send;
    const most = caution.trial ? 1 : Math.min(connection.most.messages, caution.messages);
    const mostBytes = Math.min(connection.most.bytes, MOST_BYTES);
    // What was granted may be more than one send holds.
    do {
      const [count, size] = [Math.min(messages, most), Math.min(bytes, mostBytes)];
      while (!lane.dry && !lane.holds(count, size)) await readOn(lane);
      const items = lane.take(count, size);
      bytes -= sendItems(connection, lane, lane.inFlight.add(items), items);
      messages -= items.length;
    } while (messages >= 1 && bytes >= 1 && lane.buffered > 0 && underWay < room && !behind.tooFar && !caution.trial);
    return false;
  };

  /** At a stop, what is under way gets a moment: each acknowledgement that still comes saves a repeat. */
  const part = async () => {
    let patient = true;
    const timer = clock.after(PARTING, () => {
      patient = false;
      bell.ring();
    });
    while (patient && !failure && underWay > 0) await bell.heard();
    timer.cancel();
  };

  /** What is acknowledged from now on is not believed: it is on disk, and sent again. */
  const end = () => {
    over = true;
    wakeUp?.cancel();
    silence.stop();
  };

  return {
    lost,
    /** What the sender knows better than the size of the JSON. */
    wire(batch: Batch, bytes: number): void {
      const thought = charged.get(batch);
      if (thought === undefined || !(bytes >= 0)) return;
      charged.set(batch, bytes);
      policy.spent(batch.lane, bytes - thought);
    },
    wake(lane: Lane): void {
      lanes.find((one) => one.lane === lane)?.wake();
      bell.ring();
    },
    /** For a stop. */
    ring: bell.ring,
    /**
     * Sends until the connection is lost (throws), the delivery is stopped, or there is nothing to send for long.
     */
    async run(connection: Connection): Promise<void> {
      try {
        for (let rest = false; !rest && !signal.aborted;) {
          if (failure) throw failure;
          rest = await step(connection);
        }
        await part();
      } finally {
        end();
      }
    },
    end,
    /** Something is under way. */
    get busy(): boolean {
      return underWay > 0;
    },
    /** Of what was not acknowledged, the largest batch, messages. */
    get largest(): number {
      return Math.max(0, ...lanes.map(({ inFlight }) => inFlight.largest));
    },
  };
}

export const holdingOf = ({ reason, until }: Hold) => ({ reason, ...(until !== undefined && { until }) });
