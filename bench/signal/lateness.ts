/**
 * How far from its time a replay in real time sends each message, beside the player that anyone would write first: read a
 * message, wait by setTimeout for as long as the recording says, send it, read the next. In turn, in one run.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../runtime/base/index.ts';
import { openRecordings, type Recording } from '../../runtime/datasets/index.ts';
import type { Aim, Row } from '../support/report.ts';

const RATES = [100, 1000];
const SECONDS = 10;

type Player = (recording: Recording, sent: () => void) => Promise<void>;

const ours =
  (recordings: ReturnType<typeof openRecordings>): Player =>
  async ({ name }, sent) => {
    const replay = await recordings.replay(name, { speed: 1, send: sent });
    replay.start();
    await replay.finished();
    await replay.close();
  };

const naive: Player = async (recording, sent) => {
  let before = 0;
  for await (const { at } of recording.messages()) {
    if (at > before) await new Promise((resolve) => setTimeout(resolve, at - before));
    before = at;
    sent();
  }
};

/** ms between when each message was sent and when it was due, reckoned from the first. */
async function deviations(player: Player, recording: Recording, period: number): Promise<Float64Array> {
  const times: number[] = [];
  await player(recording, () => times.push(performance.now()));
  const [first = 0] = times;
  return Float64Array.from(times, (time, n) => Math.abs(time - first - n * period)).sort();
}

export async function run(): Promise<{ rows: Row[]; aims: Aim[] }> {
  const directory = await mkdtemp(join(tmpdir(), 'millrace-bench-'));
  const recordings = openRecordings({ directory, clock: systemClock });
  const rows: Row[] = [];
  const aims: Aim[] = [];
  try {
    for (const rate of RATES) {
      const name = `at ${rate} Hz`;
      const recorder = await recordings.record({ name, format: 'jsonl', maxBytes: 1e9, maxFiles: 1 });
      for (let n = 0; n < rate * SECONDS; n++) recorder.write({ payload: n }, (n * 1000) / rate);
      await recorder.close();
      const recording = await recordings.open(name);
      const players = { replay: ours(recordings), 'setTimeout, one after the other': naive };
      for (const [player, play] of Object.entries(players)) {
        const cpu = process.cpuUsage();
        const started = performance.now();
        const sorted = await deviations(play, recording, 1000 / rate);
        const { user, system } = process.cpuUsage(cpu);
        const busy = (user + system) / 10 / (performance.now() - started);
        const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? NaN;
        rows.push({
          player,
          rate,
          'p50, ms': Number(at(0.5).toFixed(2)),
          'p99, ms': Number(at(0.99).toFixed(2)),
          'max, ms': Number(at(1).toFixed(2)),
          'CPU, %': Number(busy.toFixed(1)),
        });
        if (player !== 'replay') continue;
        aims.push({ name: `replay at ${rate} Hz, late p99`, value: at(0.99), unit: 'ms', op: '<=', target: 1 });
      }
    }
  } finally {
    await recordings.close();
    await rm(directory, { recursive: true });
  }
  return { rows, aims };
}
