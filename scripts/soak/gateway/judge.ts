import type { SoakVerdict } from '../judge.ts';
import type { GatewayVerdict } from './books.ts';
import type { Sample } from './look.ts';
import { rise } from './trend.ts';

/**
 * What may be gained over the second half, and on top of it a minute. Disk: a write-ahead log
 * until it begins anew, and the courses that drift keeps up to their bound.
 */
const ROOM = {
  // Ten minutes on a quiet machine gained 4 MB, on a busy one, which collects later, 10 MB: a heap still settles.
  rss: [15e6, 0.1e6],
  supervisor: [4e6, 0.1e6],
  handles: [2, 0],
  disk: [1e6, 0.15e6],
  outbox: [1e6, 0],
} as const;
const MINUTE = 60_000;

/** Of all readings, when the machine is too busy to take them. */
const LEFT_OUT = 0.01;
/**
 * Readings that must be left out for one prediction to be missing. A hole of half a stride, 13, makes the next one so late; of
 * a hole at the very end one window tells instead of four, and so of 4 readings.
 */
const A_PREDICTION = 4;

/** Holds a gateway's soak against what was asked of it: that it stays as it is, and that nothing is lost. */
export function judgeGateway(samples: readonly Sample[], books: GatewayVerdict): readonly SoakVerdict[] {
  // The first half fills caches and heaps; a line through the second shows what would go on.
  const half = samples.slice(Math.floor(samples.length / 2));
  const span = (half.at(-1)?.at ?? 0) - (half[0]?.at ?? 0);
  const flat = (what: keyof typeof ROOM, name: string, unit: string, scale: number): SoakVerdict => {
    const [once, perMinute] = ROOM[what];
    const room = once + (perMinute * span) / MINUTE;
    const gained = rise(half.map((sample) => [sample.at, sample[what]]));
    const most = Math.max(...half.map((sample) => sample[what]));
    const found = `${signed(gained / scale)} of ${round(room / scale)}${unit} that it may gain, at most ${round(most / scale)}${unit}`;
    return { what: `${name} flat over the second half`, met: gained <= room, found };
  };
  const { taken, lost, repeats, skipped, leftOut, wrong } = books;
  const processes = new Set(samples.map(({ pid }) => pid)).size;
  return [
    flat('rss', "the flow's memory stays", ' MB', 1e6),
    flat('supervisor', "the supervisor's memory stays", ' MB', 1e6),
    flat('handles', 'open files stay', '', 1),
    flat('disk', 'the disk stays', ' MB', 1e6),
    flat('outbox', 'the outbox stays', ' MB', 1e6),
    { what: 'the flow never restarts', met: processes === 1, found: `${processes} processes` },
    {
      what: 'nothing is lost between the outbox and the broker',
      met: taken > 0 && lost === 0 && wrong.length === 0,
      found: [`${taken} predictions taken, ${lost} lost, ${repeats} came twice`, ...wrong.slice(0, 5)].join('; '),
    },
    {
      what: 'nothing is lost between the sensor and the outbox',
      met: A_PREDICTION * skipped <= leftOut && leftOut <= LEFT_OUT * taken * 25,
      found: `${skipped} predictions missing, ${leftOut} readings left out`,
    },
  ];
}

const round = (value: number) => Math.round(value * 10) / 10;
const signed = (value: number) => `${value < 0 ? '−' : '+'}${Math.abs(round(value))}`;
