import { describe, expect, it } from 'vitest';
import { createWorld, quantise, toUnit } from '../../../../runtime/devices/index.ts';
import { boardSettings, describeScene, type OwnSignal, ownSignal } from '../../../../runtime/devices/schema.ts';

const rows = (...signals: readonly object[]): OwnSignal[] => signals.map((signal) => ownSignal.parse(signal));
const own = (...signals: readonly object[]) => createWorld({ scene: 'own', seed: 1, signals: rows(...signals) });
const refused = (words: string) =>
  expect.objectContaining({ code: 'SIGNAL_INVALID', message: expect.stringContaining(words) as string }) as Error;

describe('a world of the user’s own signals', () => {
  it('has something to show before any is made', () => {
    const world = createWorld(boardSettings.parse({ scene: 'own' }));
    expect(world.controls.map(({ name }) => name)).toEqual(['warmth', 'flutter', 'swing', 'A0', 'A1']);
    world.set({ warmth: 30 });
    expect(toUnit('tmp36', quantise(world.read(3000).volts['A0'] ?? 0))).toBeCloseTo(30, -0.5);
  });

  it('adds up what goes to one place, and gives it to the pin or to the chips in their unit', () => {
    const world = own(
      { type: 'constant', value: 20, to: 'A3', as: 'lm35' },
      { type: 'steps', levels: '0 1, 5 1', to: 'A3', as: 'lm35' },
      { type: 'constant', value: 700, to: 'light' },
    );
    expect([500, 1500].map((time) => world.read(time).volts['A3'])).toEqual([0.2, 0.25]);
    expect(world.read(2000).quantities).toEqual({ light: 700 });
    expect(world.chips.length).toBeGreaterThan(0);
  });

  it.each([
    ['tmp36', 25, 0.75],
    ['lm35', 25, 0.25],
    ['adxl335', 1, 1.98],
    ['percent', 50, 2.5],
    ['volts', 3.3, 3.3],
  ] as const)('is read by the catalogue as what was meant: %s', (as, value, volts) => {
    const found = own({ type: 'constant', value, as, to: 'A0' }).read(0).volts['A0'] ?? NaN;
    expect(found).toBeCloseTo(volts, 9);
    expect(Math.abs(toUnit(as, quantise(found)) - value)).toBeLessThan(0.6);
  });

  it('switches a digital pin with hysteresis', () => {
    const world = own({ type: 'steps', levels: '0 1, 6 1, 4.5 1, 3 1, 4.5 1', to: 'D5', above: 5, below: 4 });
    expect([0, 1, 2, 3, 4].map((second) => world.read(second * 1000 + 500).levels['D5'])).toEqual([0, 1, 1, 0, 0]);
  });

  it('has a slider for each signal: a message sets one, and moves the others up or down', () => {
    const world = own(
      { type: 'message', name: 'knob', to: 'A0', value: 1, min: 0, max: 5 },
      { type: 'sine', name: 'hum', to: 'A1', around: 1, amplitude: 0.1 },
    );
    expect(world.controls.filter(({ kind }) => kind === 'slider').map(({ name, value }) => [name, value])).toEqual([
      ['knob', 1],
      ['hum', 0],
    ]);
    world.read(1000);
    expect(world.set({ knob: 4, hum: 2 })).toMatchObject({ knob: 4, hum: 2 });
    const { volts } = world.read(5000);
    expect(volts['A0']).toBeCloseTo(4, 3);
    expect(volts['A1']).toBeCloseTo(3, 3);
    expect(() => world.set({ knob: 6 })).toThrow(expect.objectContaining({ code: 'WORLD_INVALID' }));
  });

  it('gives no reading where a recording has a gap, on a pin as from the chips', () => {
    const csv = 'a\n1\nnan\n2';
    const world = own({ type: 'replay', csv, rate: 1, to: 'A0' }, { type: 'replay', csv, rate: 1, to: 'temperature' });
    const [well, gap] = [world.read(500), world.read(1500)];
    expect([well.volts['A0'], well.quantities.temperature]).toEqual([1, 1]);
    expect(gap.silent).toEqual(new Set(['A0']));
    expect(gap.absent).toEqual(new Set(world.chips.map(({ address }) => address)));
  });

  it('names signals that have no name, and what is wired where', () => {
    const signals = rows({ type: 'noise', to: 'A0' }, { type: 'noise', to: 'A0' });
    const { controls, inputs } = describeScene({ scene: 'own', signals });
    expect(controls.map(({ name }) => name)).toEqual(['noise 1 on A0', 'noise 2 on A0', 'A0']);
    expect(inputs).toMatchObject([{ pin: 'A0', what: 'noise 1 on A0 + noise 2 on A0', kind: 'voltage' }]);
  });

  it.each([
    [
      'another signal has the same name',
      [
        { type: 'noise', name: 'a' },
        { type: 'sine', name: 'a' },
      ],
    ],
    ['this is the name of a pin', [{ type: 'noise', name: 'A3' }]],
    ['is not below its most', [{ type: 'message', min: 3, max: 3 }]],
    [
      'wired as "tmp36"',
      [
        { type: 'noise', as: 'tmp36' },
        { type: 'sine', as: 'lm35' },
      ],
    ],
    [
      'A4 is a wire of the I2C bus',
      [
        { type: 'noise', to: 'A4' },
        { type: 'noise', to: 'humidity' },
      ],
    ],
    ['has no rows', [{ type: 'replay', name: 'tape' }]],
  ])('says what is wrong with a signal: %s', (words, signals) => {
    expect(() => own(...signals)).toThrow(refused(words));
  });
});
