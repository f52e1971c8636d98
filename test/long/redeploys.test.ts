/** A board that is deployed a thousand times, and one under which nodes come and go a thousand times, leave nothing behind. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../runtime/base/index.ts';
import { type Board, createBoards } from '../../runtime/devices/index.ts';

const TURNS = Number(process.env['MILLRACE_REDEPLOYS'] ?? 1000);
const WARM = Math.ceil(TURNS / 5);
/** MB: what the allocators of threads that ended keep for the next one. */
const SLACK = 40;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
// As it is shipped: bundled, it starts in a fraction of the time.
const worker = new URL('../../dist/millrace/runtime/devices/board-worker.js', import.meta.url);
const boards = createBoards({ clock: systemClock, worker });
afterAll(() => boards.close());

const footprint = () => {
  collect();
  const handles = process.getActiveResourcesInfo().filter((kind) => kind !== 'Immediate');
  return { megabytes: process.memoryUsage.rss() / 1_048_576, handles: handles.length };
};

/** Everything that a flow does with a board, once. */
async function use(board: Board, turn: number): Promise<void> {
  const nodes: { close(): unknown }[] = [];
  const sampled = new Promise<void>((resolve) => {
    const pins = board.sample(
      { holder: 'pins', rate: 100, channels: [{ name: 'x', pin: `A${turn % 3}`, kind: 'volts' }] },
      { next: () => resolve() },
    );
    const sensor = board.read(
      { holder: 'sensor', kind: 'tmp36', pins: ['A3'], period: 50 + (turn % 2) * 50 },
      { next: () => undefined },
    );
    const button = board.read(
      { holder: 'button', kind: 'button', pins: ['D4'], period: 100 },
      { next: () => undefined },
    );
    const lamp = board.output({ holder: 'lamp', kind: turn % 2 ? 'led' : 'relay', pins: ['D9'] });
    void lamp.set(true);
    nodes.push(pins, sensor, button, lamp);
  });
  const overBus = new Promise<void>((resolve, reject) => {
    const chip = board.read(
      { holder: 'chip', kind: 'lis3dh', pins: [], address: 0x19, options: { range: turn % 2 ? '2' : '8' }, period: 50 },
      { next: () => resolve(), lost: reject },
    );
    const glow = board.output({
      ...{ holder: 'glow', kind: 'led-pca9685', pins: [], address: 0x41 },
      options: { channel: turn % 16 },
    });
    glow.set(0.5).catch(reject);
    nodes.push(chip, glow);
  });
  await Promise.all([sampled, overBus]);
  for (const node of nodes) await node.close();
}

async function staysFlat(turn: (index: number) => Promise<void>): Promise<void> {
  for (let index = 0; index < WARM; index++) await turn(index);
  const before = footprint();
  for (let index = WARM; index < TURNS; index++) await turn(index);
  const after = footprint();
  expect(after.handles).toBeLessThanOrEqual(before.handles);
  expect(after.megabytes - before.megabytes).toBeLessThan(SLACK);
}

describe(`${TURNS} deploys`, { timeout: 30 * 60_000 }, () => {
  it('of a board keep memory, timers and handles flat', () =>
    staysFlat(async (index) => {
      const board = await boards.open('board', { scene: 'room', seed: index });
      await use(board, index);
      await board.close();
    }));

  it('of nodes on one board do so, too', async () => {
    const board = await boards.open('kept', { scene: 'room' });
    await staysFlat((index) => use(board, index));
    await board.close();
  });
});
