import { asMillraceError, type Clock, counter, type MillraceError } from '../../base/index.ts';
import { errors } from '../errors.ts';
import { type Deliverable, toDeliverables } from '../queue/deliverables.ts';
import type { Queue } from '../queue/queue.ts';
import type { Target } from '../schema.ts';
import { addressOf, type Connection } from '../senders/index.ts';
import type { Tracker } from '../tracker.ts';
import type { createAcknowledger } from './acknowledger.ts';
import { createBell } from './bell.ts';
import { createInFlight } from './in-flight.ts';

/** A destination that takes messages and acknowledges none for this long is given up and tried anew, ms. */
const SILENCE = 30_000;
const WATCH = 1_000;

/** How long a stop waits for acknowledgements, ms. */
const PARTING = 500;

const damagedRecords = counter('millrace_outbox_damaged_total', 'Records whose checksum was wrong');
const sentMessages = counter('millrace_outbox_sent_total', 'Messages that a destination has acknowledged');

interface TransmissionOptions {
  readonly destination: string;
  readonly target: Target;
  readonly queue: Queue;
  readonly gateway: string;
  readonly clock: Clock;
  readonly tracker: Tracker;
  readonly acknowledger: ReturnType<typeof createAcknowledger>;
  readonly signal: AbortSignal;
  onProgress(): void;
}

/** What is sent over one connection: page by page from the queue, in order, a bounded window under way. */
export function createTransmission(options: TransmissionOptions) {
  const { destination, queue, gateway, clock, tracker, acknowledger, signal, onProgress } = options;
  const bell = createBell();
  const inFlight = createInFlight();
  const last = new Map<string, number>();
  let page: Deliverable[] = [];
  let position = acknowledger.id;
  let more = true;
  let progress = clock.monotonic();
  let failure: MillraceError | undefined;

  const lost = (error: MillraceError) => {
    failure ??= error;
    bell.ring();
  };

  const readOn = async () => {
    more = false;
    const places = await queue.read(destination, position);
    if (places.length === 0) return;
    more = true;
    position = places.at(-1)?.id ?? position;
    page = toDeliverables(gateway, places, last, (stream) => queue.acknowledged(destination, stream));
    const damaged = places.filter(({ record }) => !record).length;
    if (damaged > 0) {
      damagedRecords.add(damaged);
      tracker.update({ damaged: tracker.now.damaged + damaged });
    }
  };

  const noteOldest = () => {
    const oldest = inFlight.oldest ?? page.find(({ time }) => time !== undefined)?.time;
    if (oldest !== undefined) tracker.update({ oldest });
  };

  const send = async (connection: Connection, batch: readonly Deliverable[]) => {
    if (inFlight.size === 0) progress = clock.monotonic();
    const sent = inFlight.add(batch);
    const messages = batch.flatMap((one) => one.messages);
    try {
      if (messages.length > 0) await connection.send({ name: `live-${batch[0]?.id ?? 0}`, lane: 'live', messages });
    } catch (error) {
      return lost(asMillraceError(error));
    }
    // An acknowledgement that comes after the connection was given up is not believed: the message is sent again.
    if (failure) return;
    progress = clock.monotonic();
    onProgress();
    sentMessages.add(messages.length);
    acknowledger.add(inFlight.acknowledge(sent));
    noteOldest();
    bell.ring();
  };

  const watch = () => {
    if (inFlight.size === 0 || clock.monotonic() - progress < SILENCE) return;
    lost(errors.DESTINATION_SILENT({ address: addressOf(options.target), seconds: SILENCE / 1000 }));
  };

  const step = async (connection: Connection) => {
    if (page.length === 0 && more) {
      await readOn();
      noteOldest();
    } else if (page.length > 0 && inFlight.size < connection.window) {
      void send(connection, page.splice(0, connection.most.messages));
    } else {
      await bell.heard();
    }
  };

  /** At a stop, what is under way gets a moment: each acknowledgement that still comes saves a repeat. */
  const part = async () => {
    let patient = true;
    const timer = clock.after(PARTING, () => {
      patient = false;
      bell.ring();
    });
    while (patient && !failure && inFlight.size > 0) await bell.heard();
    timer.cancel();
  };

  return {
    lost,
    wake(): void {
      more = true;
      bell.ring();
    },
    /** Sends until the connection is lost (throws) or the delivery is stopped. */
    async run(connection: Connection): Promise<void> {
      const watching = clock.every(WATCH, watch);
      try {
        while (!signal.aborted) {
          if (failure) throw failure;
          await step(connection);
        }
        await part();
        // What is acknowledged later is not believed: it is on disk, and sent again.
        failure ??= errors.OUTBOX_CLOSED({ stream: destination });
      } finally {
        watching.cancel();
      }
    },
  };
}
