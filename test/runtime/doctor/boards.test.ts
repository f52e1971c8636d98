import { spawnSync } from 'node:child_process';
import { expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../../runtime/base/index.ts';
import { askBoards, placesToAsk } from '../../../runtime/doctor/profile/ask-boards.ts';
import { openVirtualBoard, openVirtualPort } from '../../../scripts/virtual-port.ts';
import { changed } from './profiles.ts';

const socat = spawnSync('socat', ['-V']).status === 0;
const SAID = {
  firmware: 'MillraceVirtual 2.5',
  features: expect.arrayContaining(['i2c']) as string[],
  pins: expect.arrayContaining([{ name: 'D13', uses: ['digital', 'output', 'servo'] }]) as unknown[],
};

it.runIf(socat)(
  'asks a board on a serial port what it can do',
  async () => {
    const port = await openVirtualPort({});
    onTestFinished(() => port.close());
    const [place] = placesToAsk({ ports: [] }, [], [{ kind: 'serial', port: port.path, baud: 115_200 }]);
    expect(await askBoards(place ? [place] : [], systemClock)).toMatchObject([{ ...SAID, port: port.path }]);
  },
  40_000,
);

it('asks a board on the network, and lets go of it', async () => {
  const board = await openVirtualBoard();
  onTestFinished(() => board.close());
  const port = `127.0.0.1:${board.port}`;
  expect(await askBoards([{ kind: 'tcp', port }], systemClock)).toMatchObject([{ ...SAID, port }]);
  await expect.poll(() => board.open()).toBe(0);
}, 40_000);

it('says nothing of a board that does not answer', async () => {
  const board = await openVirtualBoard({ mute: () => true });
  onTestFinished(() => board.close());
  expect(await askBoards([{ kind: 'tcp', port: `127.0.0.1:${board.port}` }], systemClock)).toEqual([]);
}, 40_000);

it('leaves a port alone that names no product, that this user may not open, or whose board is known', () => {
  const console = { port: '/dev/ttyS0', label: 'ttyS0', stable: false };
  const forbidden = { port: '/dev/ttyACM1', label: 'Arduino Uno (ttyACM1)', stable: false, problem: 'no permission' };
  const { serial } = changed({});
  const ports = [console, forbidden, ...serial.ports];
  const [arduino] = serial.ports.map(({ port }) => port);
  expect(placesToAsk({ ports }, [])).toEqual([{ kind: 'serial', port: arduino }]);
  const known = { port: '/dev/ttyACM0', firmware: '', features: [], pins: [] };
  expect(placesToAsk({ ports }, [known])).toEqual([]);

  const named = [
    { kind: 'serial', port: '/dev/pump-board' },
    { kind: 'serial', port: console.port },
    { kind: 'serial', port: forbidden.port },
    { kind: 'serial', port: '/dev/ttyUSB9' },
    { kind: 'serial', port: '/run/not/there' },
    { kind: 'serial', port: '${PORT}' },
    { kind: 'tcp', port: 'board.lan:3030' },
    { kind: 'tcp', port: '${HOST}:3030' },
    { kind: 'tcp' },
  ];
  // A bundle that names the console means it.
  expect(placesToAsk({ ports }, [], named)).toEqual([named[0], named[1], named[6]]);
  expect(placesToAsk({ ports }, [known, { ...known, port: 'board.lan:3030' }], named)).toEqual([named[1]]);
});
