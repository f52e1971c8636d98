/** Readings as a pump's node sends them: 200 bytes of JSON, with numbers that wander and an id that nothing compresses. */
import { seededRandom } from '../../runtime/numerics/index.ts';

export const STREAMS = 10;

export interface Reading {
  readonly stream: string;
  readonly message: Readonly<Record<string, unknown>>;
}

/** @param ids each with the id that a sensor node gives its readings; messages that come in by MQTT or HTTP have none */
export function readings(count: number, ids: boolean): readonly Reading[] {
  const random = seededRandom(7);
  const noise = () => random() + random() + random() - 1.5;
  const pumps = Array.from({ length: STREAMS }, (_, n) => ({ n, temperature: 40 + n, flow: 12 + n / 3 }));
  const begun = 1_790_000_000_000;
  return Array.from({ length: count }, (_, n) => {
    const pump = pumps[n % STREAMS] as (typeof pumps)[number];
    pump.temperature += 0.02 * noise();
    pump.flow += 0.005 * noise();
    const stream = `plant/pump-${pump.n}`;
    const round = (value: number, digits: number) => Number(value.toFixed(digits));
    const payload = {
      temperature: round(pump.temperature, 2),
      flow: round(pump.flow, 3),
      vibration: round(0.3 + 0.1 * noise(), 4),
    };
    const time = begun + n * 10 + Math.floor(4 * random());
    // What is missing to 200 bytes is a text that does not change, as units and sources do not.
    const message = { ...(ids && { id: hexId(random) }), payload, topic: stream, time, source: 'board-1', unit: '' };
    const missing = 200 - JSON.stringify(message).length;
    return {
      stream,
      message: {
        ...message,
        unit: '°C, l/s, mm/s per pump and minute, of the plant in the valley, building 4, by the river, under the old bridge'.slice(
          0,
          Math.max(0, missing),
        ),
      },
    };
  });
}

/** As `newId` makes them, but the same in every run. */
function hexId(random: () => number): string {
  const hex = Array.from({ length: 32 }, () => Math.floor(16 * random()).toString(16)).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
