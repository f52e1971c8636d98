/** The virtual pump and the model that ships, as the demo runs them, in simulated time. */
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { createWorld, readChannels, STANDARD_CHANNELS, type World } from '../../../runtime/devices/index.ts';
import { createMonitor, type Monitor } from '../../../runtime/drift/index.ts';
import type { DriftPayload } from '../../../runtime/messages/index.ts';
import { type ModelPackage, readPackage } from '../../../runtime/models/package/index.ts';
import { createWindow, type PreparedRecipe, prepareRecipe } from '../../../runtime/signal/index.ts';

const RATE = 100;
const HOUR = 3600;

let pkg: ModelPackage;
beforeAll(async () => {
  pkg = await readPackage(join(import.meta.dirname, '../../../flows/pump/models/pump-health'));
});

/** A pump that is read, cut into windows, turned into features and watched. */
class WatchedPump {
  readonly world: World;
  readonly events: DriftPayload[] = [];
  readonly #recipe: PreparedRecipe;
  readonly #window;
  readonly #monitor: Monitor;
  #sample = 0;

  constructor(seed: number) {
    if (!pkg.manifest.recipe || !pkg.reference) throw new Error('the package has no recipe or no reference');
    this.world = createWorld({ scene: 'pump', seed });
    this.#recipe = prepareRecipe(pkg.manifest.recipe);
    this.#window = createWindow(this.#recipe.recipe);
    this.#monitor = createMonitor({ reference: pkg.reference });
  }

  /** Runs until so many seconds have passed, or until `enough` of the events. */
  run(seconds: number, enough: (event: DriftPayload) => boolean = () => false): number {
    for (let i = 1; i <= seconds * RATE; i++) {
      const time = (this.#sample++ * 1000) / RATE;
      const values = readChannels(this.world, STANDARD_CHANNELS, time);
      const payload = Object.fromEntries(STANDARD_CHANNELS.map(({ name }, index) => [name, values[index] ?? NaN]));
      const full = this.#window.push({ time, payload });
      const event = full && this.#monitor.observe(this.#recipe.run(full.payload), time)?.event;
      if (!event) continue;
      this.events.push(event);
      if (enough(event)) return i / RATE;
    }
    return Infinity;
  }
}

const isStart = ({ state }: DriftPayload) => state === 'start';
const isEnd = ({ state }: DriftPayload) => state === 'end';

describe('drift of the virtual pump', () => {
  it('is never seen while the pump is well, for hours', () => {
    const pump = new WatchedPump(1);
    pump.run(2 * HOUR);
    expect(pump.events).toEqual([]);
  }, 60_000);

  it('is found when the temperature sensor drifts, and is over when it is mended', () => {
    const delays = [1, 2, 3, 4, 5, 6, 7, 8].map((seed) => {
      const pump = new WatchedPump(seed);
      // The load swings: begin at another phase each time.
      pump.run(60 + 6 * seed);
      pump.world.set({ temperatureSensor: 'drifting' });
      const delay = pump.run(60, isStart);
      const drifting = pump.events[0]?.features.filter((feature) => feature.drifting);
      // What all features say together may go with it, or before it.
      const others = drifting?.filter(({ name }) => name !== 'mean_temperature' && name !== 'all together');
      expect(others).toEqual([]);
      pump.world.set({ temperatureSensor: 'good' });
      expect(pump.run(30, isEnd)).toBeLessThan(30);
      return delay;
    });
    expect(Math.min(...delays)).toBeLessThan(15);
    expect(Math.max(...delays)).toBeLessThan(20);
  }, 60_000);

  it.each([{ bearing: 'worn' }, { inlet: 'blocked' }])(
    'is found within 15 s after %o',
    (change) => {
      const pump = new WatchedPump(1);
      pump.run(90);
      pump.world.set(change);
      expect(pump.run(60, isStart)).toBeLessThan(15);
    },
    60_000,
  );
});
