import { appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { Clock } from '../../base/index.ts';
import { type LogLine, logLine } from '../../messages/index.ts';
import { limits } from './limits.ts';

/** The log of a gateway: what its flow writes and what its supervisor does, bounded on disk and in memory. */
export interface GatewayLog {
  add(source: LogLine['source'], text: string): void;
  /** After `sequence`, oldest first; the newest that are kept in memory. */
  after(sequence: number): readonly LogLine[];
  onLine(listener: (line: LogLine) => void): () => void;
  /** Writes what waits; a gateway that is killed loses what waited, at most two seconds. */
  flush(): void;
  close(): void;
}

/** Parts of the log: whole ones are deleted, so at least so many are there. */
const PARTS = 8;
/** A line at a time would wear a flash card out. */
const FLUSH = 2_000;
const HEADER = '{"format":1}';

/** Opens the log in `directory`; numbers go on where it ended. */
export function openGatewayLog(directory: string, clock: Clock): GatewayLog {
  makeFolder(directory);
  const listeners = new Set<(line: LogLine) => void>();
  const write = createParts(directory);
  let kept = readGatewayLog(directory).slice(-limits.logKept.value);
  let next = (kept.at(-1)?.sequence ?? 0) + 1;
  let waiting: LogLine[] = [];
  let room = { second: 0, lines: 0, leftOut: 0 };

  const flush = () => {
    if (waiting.length === 0) return;
    const lines = waiting;
    waiting = [];
    try {
      write(lines);
    } catch {
      // A full disk: the log is the last thing that matters then. What is in memory can still be asked for.
      limits.logBytes.cost(lines.length);
    }
  };
  const timer = clock.every(FLUSH, flush);

  const put = (source: LogLine['source'], text: string) => {
    const line = { sequence: next, time: clock.now(), source, text };
    next += 1;
    kept.push(line);
    if (kept.length > 2 * limits.logKept.value) kept = kept.slice(-limits.logKept.value);
    waiting.push(line);
    for (const listener of listeners) listener(line);
  };
  const admitted = () => {
    const second = Math.floor(clock.monotonic() / 1000);
    if (second !== room.second) {
      const { leftOut } = room;
      room = { second, lines: 0, leftOut: 0 };
      if (leftOut > 0) put('gateway', `${leftOut} lines of the flow are left out: it writes too many`);
    }
    if (room.lines >= limits.logRate.value) {
      room.leftOut += 1;
      limits.logRate.cost();
      return false;
    }
    room.lines += 1;
    return true;
  };

  return {
    add(source, text) {
      if (source === 'flow' && !admitted()) return;
      const plain = stripVTControlCharacters(text).trimEnd();
      if (plain === '') return;
      const most = limits.logLine.value;
      if (plain.length > most) limits.logLine.cost(plain.length - most);
      put(source, plain.length > most ? `${plain.slice(0, most)} …` : plain);
    },
    after: (sequence) => kept.slice(-limits.logKept.value).filter((line) => line.sequence > sequence),
    onLine(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    flush,
    close() {
      timer.cancel();
      flush();
    },
  };
}

/** Without it the log is kept in memory only: neither a full disk nor a failing one keeps the flow from starting. */
function makeFolder(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
  } catch {
    limits.logBytes.cost();
  }
}

/** All that is on disk, oldest first. Lines that a power cut has cut are left out; so is what is not there or cannot be read. */
export function readGatewayLog(directory: string): LogLine[] {
  return partsOf(directory).flatMap((part) =>
    textOf(join(directory, part))
      .split('\n')
      .flatMap((text) => {
        try {
          const line = logLine.safeParse(JSON.parse(text));
          return line.success ? [line.data] : [];
        } catch {
          return [];
        }
      }),
  );
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** Named by the number of their first line, so that they sort by age. */
function partsOf(directory: string): string[] {
  try {
    return readdirSync(directory)
      .filter((name) => /^\d{12}\.jsonl$/.test(name))
      .sort();
  } catch {
    return [];
  }
}

/** Appends to the newest part, and begins another when that is full: all of them together never take more than their room. */
function createParts(directory: string): (lines: readonly LogLine[]) => void {
  const most = limits.logBytes.value / PARTS;
  const newest = partsOf(directory).at(-1);
  let part = newest === undefined ? undefined : { name: newest, size: sizeOf(join(directory, newest)) };
  // A line that a power cut has cut must not spoil the next one.
  let text = part ? '\n' : '';
  const append = () => {
    if (!part || text === '') return;
    const written = text;
    // What a full disk does not take is lost, and must not be added to.
    text = '';
    appendFileSync(join(directory, part.name), written, { mode: 0o600 });
    part.size += Buffer.byteLength(written);
  };
  return (lines) => {
    for (const line of lines) {
      const next = `${JSON.stringify(line)}\n`;
      if (!part || part.size + Buffer.byteLength(text) + Buffer.byteLength(next) > most) {
        append();
        part = { name: `${String(line.sequence).padStart(12, '0')}.jsonl`, size: 0 };
        text = `${HEADER}\n`;
        for (const old of partsOf(directory).slice(0, 1 - PARTS)) rmSync(join(directory, old), { force: true });
      }
      text += next;
    }
    append();
  };
}

/** Of one that cannot be looked at nothing more is written. */
function sizeOf(file: string): number {
  try {
    return statSync(file).size;
  } catch {
    return Infinity;
  }
}
