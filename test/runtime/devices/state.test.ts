/** What the sidebar is told of a board: what the chips show and who uses them, and what the dialogs ask. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../../runtime/base/index.ts';
import { boardName } from '../../../runtime/devices/board-name.ts';
import { type Board, type BoardSettings, createBoards } from '../../../runtime/devices/index.ts';
import { boardSettings } from '../../../runtime/devices/settings.ts';

const boards = createBoards({ clock: systemClock });
const soon = { timeout: 60_000, interval: 50 };
const opened: Board[] = [];

async function open(scene: BoardSettings['scene']): Promise<Board> {
  const board = await boards.open(`state-${scene}`, { name: 'bench', scene });
  opened.push(board);
  return board;
}
afterEach(async () => {
  for (const board of opened.splice(0)) await board.close();
});
const chipAt = (board: Board, address: number) => board.state().chips?.find((chip) => chip.address === address);

describe('the state of a board', () => {
  it.each(['room', 'own', 'greenhouse'] as const)(
    'has what the display of the %s shows, line by line',
    async (scene) => {
      const board = await open(scene);
      const display = board.output({ holder: 'write', label: 'the door', kind: 'lcd-pcf8574', pins: [] });
      await display.set(['21.5 C', 'too warm for a display of 16']);
      await vi.waitFor(() => expect(chipAt(board, 0x27)).toMatchObject({ text: ['21.5 C', 'too warm for a d'] }), soon);
      expect(chipAt(board, 0x27)).toMatchObject({ label: 'the door', holders: ['write'], values: [] });
      await display.close();
      expect(board.state().chips).toBeUndefined();
    },
  );

  it('has what a chip measures and what its outputs are set to, in words, and who does it', async () => {
    const board = await open('greenhouse');
    board.read({ holder: 'air', kind: 'bme280', pins: [], period: 100 }, { next: () => undefined });
    const lamp = board.output({ holder: 'dim', kind: 'led-pca9685', pins: [], options: { channel: 3 } });
    const arm = board.output({ holder: 'turn', kind: 'servo-pca9685', pins: [], options: { channel: 4 } });
    await lamp.set(0.4);
    await arm.set(30);
    expect(chipAt(board, 0x40)).toMatchObject({
      holders: ['dim', 'turn'],
      values: ['channel 3: 40 %', 'channel 4: 30°'],
    });
    await vi.waitFor(() => expect(chipAt(board, 0x76)?.values.join()).toMatch(/temperature \d+(\.\d+)? °C/), soon);
    expect(chipAt(board, 0x76)?.holders).toEqual(['air']);
    await lamp.close();
    expect(chipAt(board, 0x40)).toMatchObject({ holders: ['turn'], values: ['channel 4: 30°'] });
  });
});

describe('an actuator on several wires', () => {
  it('is shown as what it was told, and its wires as nothing but wires', async () => {
    const board = await open('room');
    const matrix = board.output({
      holder: 'show',
      label: 'the door',
      kind: 'matrix-max7219',
      pins: ['D2', 'D3', 'D4'],
    });
    const wires = { pins: ['D2', 'D3', 'D4'], label: 'the door', holders: ['show'] };
    expect(board.state().actuators).toEqual([wires]);
    const arrow = ['...#....', '..###...', '.#####..', '...#....', '...#....', '...#....', '...#....', '........'];
    await matrix.set(arrow);
    expect(board.state().actuators).toMatchObject([{ ...wires, dots: arrow }]);
    await matrix.set('I');
    expect(board.state().actuators?.[0]?.dots?.join()).toMatch(/##/);
    expect(board.state().pins).toMatchObject([{ mode: 'signal' }, { mode: 'signal' }, { mode: 'signal' }]);
    const lamp = board.output({ holder: 'glow', kind: 'rgb', pins: ['D9', 'D10', 'D11'] });
    await lamp.set('#ff8000');
    expect(board.state().actuators).toMatchObject([{}, { label: 'RGB LED', value: '#ff8000' }]);
    const digits = board.output({ holder: 'count', kind: 'digits-max7219', pins: ['D5', 'D6', 'D7'] });
    await digits.set(21.5);
    expect(board.state().actuators?.[2]).toMatchObject({ text: ['21.5'] });
    for (const output of [matrix, lamp, digits]) await output.close();
    expect(board.state().actuators).toBeUndefined();
  });
});

it('is called by what it is, where it was given no name', () => {
  const named = (kind: BoardSettings['kind']) => boardName({ ...boardSettings.parse({}), kind });
  expect([named('virtual'), named('emulated')]).toEqual(['virtual pump', 'emulated pump']);
});

it('says what it can do, and names a display as the catalogue does', async () => {
  const board = await open('greenhouse');
  board.read({ holder: 'outside', kind: 'tmp36', pins: ['A3'], period: 100 }, { next: () => undefined });
  const { firmware, features, chips, inputs, pins, connected, hardware } = board.abilities();
  expect({ connected, hardware }).toEqual({ connected: true, hardware: 'virtual' });
  expect(firmware).toMatch(/\S+ \d/);
  expect(features).toContain('i2c');
  expect(chips).toContainEqual({ chip: 'pcf8574-lcd', address: 0x27 });
  expect(chips).toContainEqual({ chip: 'bme280', address: 0x76 });
  expect(inputs).toContainEqual({ pin: 'A0', kind: 'tmp36', what: 'TMP36 thermometer inside' });
  expect(pins.find(({ name }) => name === 'A3')).toMatchObject({ holders: ['outside'] });
  expect(pins.find(({ name }) => name === 'D9')?.uses).toEqual(expect.arrayContaining(['output', 'pwm', 'servo']));
});
