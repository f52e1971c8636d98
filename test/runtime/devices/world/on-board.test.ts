import { afterEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../../../runtime/base/index.ts';
import { type Board, type Channel, createBoards, type Sample } from '../../../../runtime/devices/index.ts';
import { type BoardSettings, ownSignal } from '../../../../runtime/devices/schema.ts';

const boards = createBoards({ clock: systemClock });
let board: Board | undefined;
let last: Sample | undefined;
const open = async (settings: Partial<BoardSettings>) => (board = await boards.open('scene', settings));
afterEach(async () => {
  await board?.close();
  [board, last] = [undefined, undefined];
});

const listen = (to: Board, ...channels: readonly Channel[]) => {
  last = undefined;
  to.sample({ holder: 'test', channels, rate: 20 }, { next: (sample) => (last = sample) });
};
const shown = (index = 0) => last?.values[index] ?? NaN;

describe('a scene around a board that Johnny-Five drives', () => {
  it('follows a slider, and says how its controls stand', async () => {
    const greenhouse = await open({ scene: 'greenhouse' });
    listen(greenhouse, { name: 'outside', pin: 'A3', kind: 'tmp36' });
    await vi.waitFor(() => expect(shown()).toBeGreaterThan(5), 5000);
    expect(await greenhouse.setWorld({ outside: -10 })).toMatchObject({ outside: -10, sun: 80 });
    await vi.waitFor(() => expect(shown()).toBeLessThan(0), 5000);
    const { controls, scene, hardware } = greenhouse.state();
    expect([scene, hardware]).toEqual(['greenhouse', 'virtual']);
    expect(controls?.find(({ name }) => name === 'outside')).toMatchObject({ kind: 'slider', value: -10, unit: '°C' });
    await expect(greenhouse.setWorld({ outside: 99 })).rejects.toMatchObject({ code: 'WORLD_INVALID' });
  });

  it('is changed by what the board drives: the lamp lights the room, the blind darkens it', async () => {
    const room = await open({ scene: 'room' });
    await room.setWorld({ daylight: 2 });
    listen(room, { name: 'light', pin: 'A1', kind: 'volts' });
    await vi.waitFor(() => expect(shown()).toBeLessThan(2.6), 5000);
    const lamp = room.output({ holder: 'lamp', kind: 'led', pins: ['D13'] });
    await lamp.set(true);
    await vi.waitFor(() => expect(shown()).toBeGreaterThan(3.8), 5000);
    await lamp.close();
    await vi.waitFor(() => expect(shown()).toBeLessThan(2.6), 5000);
    await room.setWorld({ daylight: 100 });
    await vi.waitFor(() => expect(shown()).toBeGreaterThan(4.2), 5000);
    const blind = room.output({ holder: 'blind', kind: 'servo', pins: ['D9'] });
    await blind.set(90);
    await vi.waitFor(() => expect(shown()).toBeLessThan(1.5), 5000);
  });

  it('is moved by a servo on a chip as by one on a pin, whatever pulses it takes', async () => {
    const room = await open({ scene: 'room' });
    await room.setWorld({ daylight: 100 });
    listen(room, { name: 'light', pin: 'A1', kind: 'volts' });
    await vi.waitFor(() => expect(shown()).toBeGreaterThan(4.2), 5000);
    const options = { channel: 0, least: 1000, most: 2000, invert: true };
    const blind = room.output({ holder: 'blind', kind: 'servo-pca9685', pins: [], address: 0x41, options });
    await blind.set(90);
    await vi.waitFor(() => expect(shown()).toBeLessThan(1.5), 5000);
    expect(room.state().chips?.find(({ address }) => address === 0x41)?.values).toEqual(['channel 0: 90°']);
    await blind.set(0);
    await vi.waitFor(() => expect(shown()).toBeGreaterThan(4.2), 5000);
  });

  it('plays signals of the user’s own, and tells of one that cannot be made', async () => {
    const signals = [ownSignal.parse({ type: 'steps', levels: '1 0.2, 4 0.2', to: 'A0' })];
    const own = await open({ scene: 'own', signals });
    listen(own, { name: 'steps', pin: 'A0', kind: 'volts' });
    await vi.waitFor(() => expect(shown()).toBeCloseTo(4, 1), 5000);
    await vi.waitFor(() => expect(shown()).toBeCloseTo(1, 1), 5000);
    await own.close();
    await expect(
      boards.open('bad', { scene: 'own', signals: [ownSignal.parse({ type: 'replay' })] }),
    ).rejects.toMatchObject({
      code: 'SIGNAL_INVALID',
    });
  });
});
