import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createWorld, quantise, type World, type WorldReading } from '../../../../runtime/devices/index.ts';
import type { ChipEntry } from '../../../../runtime/devices/virtual/chips/chip.ts';
import { CHIPS } from '../../../../runtime/devices/virtual/chips/index.ts';
import { describeScene, type SceneName, sceneNames } from '../../../../runtime/devices/schema.ts';
import { SENSOR_STATES } from '../../../../runtime/devices/world/faults/states.ts';

const make = (scene: SceneName, seed = 1) => createWorld({ scene, seed });
/** Something goes on: a movement, and everything that the board drives is on. */
const stir = (world: World) => {
  if ('gesture' in world.state) world.set({ gesture: 'wave' });
  for (const [output, value] of [
    ['D7', 1],
    ['D9', 60],
    ['D13', 1],
  ] as const) {
    world.act({ output, value });
  }
};

/** What differs between two readings by more than a count, or more than a chip's noise. */
function differences(a: WorldReading, b: WorldReading): string[] {
  const differ = (x: Readonly<Record<string, number>>, y: Readonly<Record<string, number>>, least: number) =>
    Object.keys({ ...x, ...y }).filter((name) => !(Math.abs((x[name] ?? 0) - (y[name] ?? 0)) <= least));
  const chips = [...new Set([...(a.sensed?.keys() ?? []), ...(b.sensed?.keys() ?? [])])];
  const ofChip = (reading: WorldReading, address: number) => reading.sensed?.get(address) ?? reading.quantities;
  return [
    ...differ(a.volts, b.volts, 5 / 1024),
    ...differ(a.levels, b.levels, 0),
    ...differ(a.quantities, b.quantities, 0.05),
    ...chips.filter((address) => differ(ofChip(a, address), ofChip(b, address), 0.05).length > 0).map(String),
    ...[...a.silent].filter((pin) => !b.silent.has(pin)),
    ...[...a.absent].filter((address) => !b.absent.has(address)).map(String),
    ...(a.clockOff === b.clockOff ? [] : ['clock']),
  ];
}

/** What two worlds differ in over the 2 s after `from`. */
function apart(one: World, other: World, from: number): Set<string> {
  const found = new Set<string>();
  for (let time = from + 10; time <= from + 2000; time += 10) {
    for (const name of differences(one.read(time), other.read(time))) found.add(name);
  }
  return found;
}

describe.each(sceneNames)('the scene %s', (scene) => {
  it('gives the same readings for the same seed and others for another', () => {
    const record = (seed: number) => {
      const world = make(scene, seed);
      stir(world);
      return Array.from({ length: 300 }, (_, i) => world.read(i * 20));
    };
    expect(record(7)).toEqual(record(7));
    expect(record(7)).not.toEqual(record(8));
  });

  it('gives the same readings at an instant, whether it is read often or seldom', () => {
    const [often, seldom] = [make(scene, 3), make(scene, 3)];
    const sliders = describeScene({ scene }).controls.filter(({ kind }) => kind === 'slider');
    for (let time = 0; time <= 20_000; time += 10) {
      const frequent = often.read(time);
      if (time % 100 !== 0) continue;
      const rare = seldom.read(time);
      for (const [pin, volts] of Object.entries(frequent.volts)) expect(rare.volts[pin]).toBeCloseTo(volts, 9);
      for (const [name, value] of Object.entries(frequent.quantities)) {
        expect(rare.quantities[name as 'light']).toBeCloseTo(value, 7);
      }
      expect(rare.levels).toEqual(frequent.levels);
      if (time === 5000) for (const world of [often, seldom]) stir(world);
      if (time !== 8000) continue;
      for (const slider of sliders) {
        for (const world of [often, seldom]) world.set({ [slider.name]: slider.kind === 'slider' ? slider.max : 0 });
      }
    }
  });

  it('can be read again after nobody has for days', () => {
    const world = make(scene);
    world.read(0);
    const { volts, quantities } = world.read(3 * 86_400_000);
    for (const value of [...Object.values(volts), ...Object.values(quantities)])
      expect(value).toSatisfy(Number.isFinite);
  });

  const { controls, inputs, outputs, chips } = describeScene({ scene });

  it.each(controls.map((control) => [control.name, control] as const))(
    'shows within 2 s that %s was set',
    (name, control) => {
      // Three people are in the room then: neither nobody nor one nor four.
      const from = scene === 'room' ? 165_000 : 5000;
      const after = (value: string | number) => {
        const world = make(scene);
        if (scene === 'wrist') world.set({ gesture: 'wave' });
        if (scene === 'own') world.set({ warmth: 30 });
        world.read(from);
        world.set({ [name]: value });
        if (name !== 'gesture') stir(world);
        return world;
      };
      if (control.kind === 'slider') {
        expect(apart(after(control.min), after(control.max), from).size).toBeGreaterThan(0);
        return;
      }
      const [well = '', ...others] = control.options;
      for (const other of others) {
        if (other === 'stuck') continue;
        const [one, twin] = [after(other), after(well)];
        expect([other, ...apart(one, twin, from)].length, other).toBeGreaterThan(1);
      }
    },
  );

  const breakable = controls.filter(
    ({ kind, name }) => kind === 'choice' && [...inputs, ...chips].some(({ fault }) => fault === name),
  );
  it.each(breakable.map(({ name }) => name))('freezes the sensor %s alone when it is stuck', (name) => {
    const [world, twin] = [make(scene), make(scene)];
    for (const each of [world, twin]) stir(each);
    world.set({ [name]: 'stuck' });
    const readings = Array.from({ length: 100 }, (_, i) => [world.read(i * 20), twin.read(i * 20)] as const);
    const pins = inputs.filter(({ fault }) => fault === name).map(({ pin }) => pin);
    const addresses = chips.filter(({ fault }) => fault === name).map(({ address }) => address);
    const mine = readings.map(([reading]) =>
      JSON.stringify([pins.map((pin) => reading.volts[pin]), addresses.map((address) => reading.sensed?.get(address))]),
    );
    expect(new Set(mine).size).toBe(1);
    for (const [reading, right] of readings) {
      const others = Object.entries(reading.volts).filter(([pin]) => !pins.includes(pin));
      expect(right.volts).toMatchObject(Object.fromEntries(others));
      expect(reading.quantities).toEqual(right.quantities);
      expect([...(reading.sensed?.keys() ?? [])]).toEqual(addresses);
    }
    world.set({ [name]: 'good' });
    expect(world.read(3000)).toEqual(twin.read(3000));
  });

  it('says what may be set when a change is not possible, and stays as it was', () => {
    const world = make(scene);
    const before = world.state;
    const [first] = controls;
    for (const [change, words] of [
      [{ weather: 'fine' }, 'there is no "weather"'],
      [{ [first?.name ?? '']: 'nonsense' }, `${first?.name} cannot be "nonsense"`],
      [{ toString: 1 }, 'there is no "toString"'],
      [7, '7 is not an object'],
      [[], '[] is not an object'],
    ] as const) {
      expect(() => world.set(change)).toThrow(
        expect.objectContaining({
          code: 'WORLD_INVALID',
          message: expect.stringContaining(words) as string,
          hint: expect.stringContaining(`${first?.name}: `) as string,
        }),
      );
    }
    for (const control of controls) {
      if (control.kind === 'choice') continue;
      for (const value of [control.max + 1, control.min - 1, NaN, String(control.min)]) {
        expect(() => world.set({ [control.name]: value })).toThrow(`${control.name} cannot be`);
      }
    }
    expect(world.state).toEqual(before);
  });

  it('takes its own state again, as after a board was lost', () => {
    const world = make(scene);
    for (const control of controls) {
      world.set({ [control.name]: control.kind === 'slider' ? control.max : (control.options.at(-1) ?? '') });
    }
    const again = make(scene);
    again.set(world.state);
    expect(again.state).toEqual(world.state);
    expect(again.controls).toEqual(world.controls);
    expect(world.controls.map(({ name, value }) => [name, value])).toEqual(
      controls.map((control) => [control.name, control.kind === 'slider' ? control.max : control.options.at(-1)]),
    );
  });

  it('reads on every pin that it says is wired, and keeps the wires of the bus free where it has chips', () => {
    const { volts, levels } = make(scene).read(1000);
    expect(Object.keys({ ...volts, ...levels }).sort()).toEqual(inputs.map(({ pin }) => pin).sort());
    const used = [...inputs, ...outputs].map(({ pin }) => pin);
    expect(new Set(used).size).toBe(used.length);
    expect(new Set(chips.map(({ address }) => address)).size).toBe(chips.length);
    for (const { chip, address } of chips) {
      const known: ChipEntry | undefined = (CHIPS as Readonly<Record<string, ChipEntry>>)[chip];
      expect(known?.addresses, chip).toContain(address);
    }
    if (chips.length > 0) expect(used).not.toEqual(expect.arrayContaining(['A4']));
    if (chips.length > 0) expect(used).not.toEqual(expect.arrayContaining(['A5']));
  });
});

describe('the pump', () => {
  it('reads as it always has: recordings and models were made of it', () => {
    const digest = createHash('sha256');
    for (const seed of [1, 42]) {
      const world = make('pump', seed);
      [
        {},
        { bearing: 'worn' },
        { inlet: 'blocked', temperatureSensor: 'drifting' },
        ...SENSOR_STATES.map((state) => ({ temperatureSensor: state, accelerometer: state })),
        { clock: 'jumping', season: 'daily' },
      ].forEach((change, index) => {
        digest.update(JSON.stringify(world.set(change)));
        for (let time = index * 4000; time < (index + 1) * 4000; time += 10) {
          const { volts, levels, silent, clockOff } = world.read(time);
          digest.update(
            JSON.stringify([
              Object.entries(volts).map(([pin, value]) => [pin, quantise(value)]),
              levels,
              [...silent],
              clockOff,
            ]),
          );
        }
      });
    }
    expect(digest.digest('hex')).toBe('d7211bb50a1285ed744c9027ff48b30ea4f679d425dba68160bd45bbcd8a492f');
  });
});
