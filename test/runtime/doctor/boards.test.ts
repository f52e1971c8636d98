import { spawnSync } from 'node:child_process';
import { expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../../runtime/base/index.ts';
import { askBoard, askBoards } from '../../../runtime/doctor/profile/ask-boards.ts';
import { openVirtualPort } from '../../../scripts/virtual-port.ts';

const socat = spawnSync('socat', ['-V']).status === 0;

it.runIf(socat)(
  'asks a board what its firmware can do',
  async () => {
    const port = await openVirtualPort({});
    onTestFinished(() => port.close());
    const board = await askBoard(port.path, systemClock);
    expect(board).toMatchObject({
      firmware: 'MillraceVirtual 2.5',
      features: expect.arrayContaining(['i2c']) as string[],
    });
  },
  40_000,
);

it('leaves a port alone that names no product, or that this user may not open', async () => {
  const ports = [
    { port: '/dev/ttyS0', label: 'ttyS0', stable: false },
    { port: '/dev/ttyACM0', label: 'Arduino Uno (ttyACM0)', stable: false, problem: 'no permission' },
  ];
  expect(await askBoards(ports, systemClock)).toEqual(ports);
});
