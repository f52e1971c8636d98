import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { zstdDecompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { sendFiles } from '../../../runtime/gateways/deploys/send-files.ts';
import type { Line } from '../../../runtime/gateways/line.ts';
import type { DeployPart } from '../../../runtime/messages/index.ts';
import { createVirtualClock } from '../../../scripts/soak/virtual-clock.ts';

/** Sends a file over a line that carries so many bytes a second, one piece after the other. */
async function sendOver(bytesPerSecond: number, length: number) {
  const clock = createVirtualClock(0);
  const file = randomBytes(length);
  const pieces: Buffer[] = [];
  let underway = 0;
  /** s that a word waits which is said in the worst moment. */
  let wait = 0;
  let turn: Promise<unknown> = Promise.resolve();
  const ask = (_what: string, _schema: unknown, { bytes }: DeployPart) => {
    const piece = zstdDecompressSync(bytes);
    underway += piece.length;
    wait = Math.max(wait, underway / bytesPerSecond);
    turn = turn.then(async () => {
      // For whatever the sender puts on its way beside it.
      await pause(2);
      clock.goTo(clock.monotonic() + (1_000 * piece.length) / bytesPerSecond);
      underway -= piece.length;
      pieces.push(piece);
    });
    return turn;
  };
  const content = {
    ...{ manifest: '', envelope: {}, release: { name: 'pump', version: 1, digest: '', issued: 0 } },
    files: new Map([['ab', { bytes: length, path: 'models/a' }]]),
    async *read() {
      await Promise.resolve();
      yield file;
    },
  };
  await sendFiles(
    { ask } as unknown as Line,
    content,
    { missing: ['ab'] },
    { clock, goOn: () => true, onProgress() {} },
  );
  expect(Buffer.concat(pieces)).toEqual(file);
  return { wait, longest: Math.max(...pieces.map((piece) => piece.length)) };
}

describe('the files of a deploy', () => {
  it.each([2_000, 8_000, 50_000])('leave a line of %d bytes a second free for a word within seconds', async (speed) => {
    const { wait } = await sendOver(speed, 300_000);
    expect(wait).toBeLessThan(10);
  });

  it('fill a fast line', async () => {
    expect((await sendOver(10_000_000, 1_000_000)).longest).toBe(65_536);
  });
});
