import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import type { Clock } from '../../base/index.ts';
import { writeDurably } from '../../keys/index.ts';
import { type GatewayEvent, gatewayEvent } from '../../messages/index.ts';
import { briefEvent } from '../studio-link/brief.ts';
import { limits } from './limits.ts';

/** Events of a gateway, on disk before anybody hears of them: they are kept for a studio that is away. */
export interface EventJournal {
  /** Long words are cut: neither the disk nor a studio takes any number of them. */
  add(event: Omit<GatewayEvent, 'sequence' | 'time'>): GatewayEvent;
  /** After `sequence`, oldest first. */
  after(sequence: number): readonly GatewayEvent[];
  onEvent(listener: (event: GatewayEvent) => void): () => void;
  /** The studio has events up to this number: what happens from now on is told above it, or nobody would hear of it. */
  countFrom(sequence: number): void;
  /** Waits until the file is no longer being replaced: whoever opens it next must not have it taken away. */
  close(): Promise<void>;
}

const HEADER = '{"format":1}';
/** Numbers begin with the seconds since then, so that a journal that was lost does not begin below what a studio has. */
const BEGINNING = Date.UTC(2020, 0, 1);
/** No studio can have got so far; from there on there would be no numbers left. */
const HIGHEST = 2 ** 52;

/** Opens the journal in `file`. A line that a power cut has cut is left out. */
export async function openEventJournal(file: string, clock: Clock): Promise<EventJournal> {
  const listeners = new Set<(event: GatewayEvent) => void>();
  let events = linesOf(file).slice(-limits.events.value);
  let next = (events.at(-1)?.sequence ?? Math.max(0, Math.floor((clock.now() - BEGINNING) / 1000))) + 1;
  const rewrite = () => writeDurably(file, `${[HEADER, ...events.map((one) => JSON.stringify(one))].join('\n')}\n`);
  // Nor must it keep the flow, which drains the disk, from starting.
  await rewrite().catch(() => limits.events.cost());
  let lines = events.length;
  /** While the file is being replaced: what has been written to the one that will be gone. */
  let meanwhile: GatewayEvent[] | undefined;
  let replacing = Promise.resolve();

  const write = (event: GatewayEvent) => {
    // A disk that is full must not end the gateway: the event is then told, and lost by a restart.
    try {
      append(file, `${JSON.stringify(event)}\n`);
      lines += 1;
    } catch {
      limits.events.cost();
    }
    meanwhile?.push(event);
    if (lines >= 2 * limits.events.value && !meanwhile) replacing = replace();
  };
  const replace = async () => {
    meanwhile = [];
    const kept = events.length;
    const replaced = await rewrite().then(
      () => true,
      () => false,
    );
    const missed = meanwhile;
    meanwhile = undefined;
    if (!replaced) return;
    lines = kept;
    for (const event of missed) write(event);
  };

  return {
    add(told) {
      const event = { ...briefEvent(told), sequence: next, time: clock.now() };
      next += 1;
      if (events.length >= limits.events.value) limits.events.cost();
      events = [...events, event].slice(-limits.events.value);
      write(event);
      for (const listener of listeners) listener(event);
      return event;
    },
    after: (sequence) => events.filter((event) => event.sequence > sequence),
    onEvent(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    countFrom(sequence) {
      if (sequence <= HIGHEST) next = Math.max(next, sequence + 1);
    },
    async close() {
      while (meanwhile) await replacing;
    },
  };
}

function append(file: string, text: string): void {
  const handle = openSync(file, 'a', 0o600);
  try {
    writeSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function linesOf(file: string): GatewayEvent[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return [];
  }
  let last = -Infinity;
  return text.split('\n').flatMap((line) => {
    try {
      const event = gatewayEvent.safeParse(JSON.parse(line));
      // One that came while the file was being replaced may stand there twice.
      if (!event.success || event.data.sequence <= last) return [];
      last = event.data.sequence;
      return [event.data];
    } catch {
      return [];
    }
  });
}
