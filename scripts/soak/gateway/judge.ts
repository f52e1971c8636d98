import type { SoakVerdict } from '../judge.ts';

export interface Sample {
  /** ms since the begin */
  readonly at: number;
  readonly pid: number;
  /** Bytes. */
  readonly rss: number;
  readonly handles: number;
  /** Bytes below the user directory. */
  readonly disk: number;
}

/** What may come on top from the second quarter to the last: what a queue, a log and a history breathe. */
const ROOM = { rss: 12e6, handles: 3, disk: 8e6 };

/**
 * @param samples  in their order
 * @param arrived  sequence numbers by stream
 * @param streams  what the gateway's ledger says that it has taken
 */
export function judgeGateway(
  samples: readonly Sample[],
  arrived: ReadonlyMap<string, ReadonlySet<number>>,
  streams: readonly { readonly stream: string; readonly appended: number; readonly acknowledged: number }[],
): readonly SoakVerdict[] {
  const quarter = Math.floor(samples.length / 4);
  // The first quarter fills caches; the rest is to be flat.
  const [early, late] = [samples.slice(quarter, 2 * quarter), samples.slice(-quarter)];
  const flat = (what: keyof typeof ROOM, unit: string, scale: number): SoakVerdict => {
    const [from, to] = [early, late].map((part) => median(part.map((sample) => sample[what]))) as [number, number];
    return {
      what: `${what} stays flat`,
      met: quarter > 0 && to <= from + ROOM[what],
      found: `${(from / scale).toFixed(1)} ${unit}, later ${(to / scale).toFixed(1)} ${unit}`,
    };
  };
  const lost = streams.map(({ stream, acknowledged }) => {
    const here = arrived.get(stream) ?? new Set();
    let missing = 0;
    for (let sequence = 1; sequence <= acknowledged; sequence++) if (!here.has(sequence)) missing++;
    return missing;
  });
  const taken = streams.reduce((sum, { appended }) => sum + appended, 0);
  const held = streams.reduce((sum, { appended, acknowledged }) => sum + appended - acknowledged, 0);
  const missing = lost.reduce((sum, each) => sum + each, 0);
  const processes = new Set(samples.map(({ pid }) => pid)).size;
  return [
    flat('rss', 'MB', 1e6),
    flat('handles', 'handles', 1),
    flat('disk', 'MB', 1e6),
    { what: 'the flow never restarts', met: processes === 1, found: `${processes} processes` },
    {
      what: 'nothing is lost',
      met: taken > 0 && missing === 0,
      found: `${taken} messages taken, ${missing} lost, ${held} still on disk`,
    },
  ];
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}
