/**
 * What boards carry and cost. The gateway is a process of its own, with nothing in it but the boards; what is at the other
 * end of a wire is one more, which nobody counts.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { inChild } from '../support/child.ts';
import type { Asked, Kind, Told } from './gateway-process.ts';
import type { Place, Plugged } from './peer-process.ts';

export interface Found {
  /** Hz */
  readonly asked: number;
  /** Samples a second of each board. */
  readonly rate: number;
  /** Samples that were never read, %. */
  readonly missing: number;
  /** Of the gateway's process with the boards in it, one core being 100. */
  readonly cpu: number;
  /** MB that the process holds beyond one in which no board was opened; of plain Johnny-Five, beyond one without it. */
  readonly megabytes: number;
  /** ms from the sample's stamp to its message; none where samples carry no time of their own. */
  readonly latency?: { readonly p50: number; readonly p99: number };
}

export interface Measured {
  readonly kind: Kind;
  readonly boards: number;
  readonly seconds: number;
  readonly pins?: number;
  readonly rate?: number;
}

const file = (name: string) => join(import.meta.dirname, name);
const gateway = (asked: Asked) => inChild<Told>(file('gateway-process.ts'), { ...asked });

let empty: Promise<Told> | undefined;
/** MB of the same process without a board. */
export async function withoutBoards(): Promise<number> {
  return (await (empty ??= gateway({ boards: [], pins: 0, rate: 0, seconds: 1 }))).megabytes;
}

export async function measureBoards({ kind, boards, seconds, pins = 6, rate = 200 }: Measured): Promise<Found> {
  const before = await withoutBoards();
  const peer = kind === 'serial' || kind === 'tcp' ? await startPeer(kind) : undefined;
  try {
    const settings = Array.from({ length: boards }, (_, index) => ({ kind, seed: index + 1, ...peer?.place }));
    const { megabytes, ...told } = await gateway({ boards: settings, pins, rate, seconds });
    return { asked: rate, ...told, megabytes: megabytes - before };
  } finally {
    await peer?.end();
  }
}

/** What a user has without Millrace: Johnny-Five in a process of its own, on the same board over TCP. */
export async function measurePlain(seconds: number): Promise<Found> {
  const peer = await startPeer('tcp');
  try {
    return await inChild<Found>(file('plain-process.ts'), { place: peer.place, seconds });
  } finally {
    await peer.end();
  }
}

/** A board at the other end of a wire, in a process of its own. */
async function startPeer(kind: Plugged): Promise<{ readonly place: Place; end(): Promise<void> }> {
  const child = spawn(process.execPath, [file('peer-process.ts'), kind], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const lines = createInterface({ input: child.stdout });
  const [line] = await Promise.race([
    new Promise<[string]>((resolve) => lines.once('line', (text) => resolve([text]))),
    ended.then(() => []),
  ]);
  if (line === undefined) throw new Error(`the ${kind} board of the benchmark did not start`);
  return {
    place: JSON.parse(line) as Place,
    end() {
      child.stdin.end();
      return ended;
    },
  };
}
