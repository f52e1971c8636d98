/**
 * What the edge does before it relays: leaves out what is wrong, known or hardly new, converts, summarises, compresses. Each
 * channel goes through the steps on its own, in their order. What is left out is counted by reason; nothing is made up.
 */
import { counter, defineLimit } from '../../base/index.ts';
import { channelsOf, SINGLE_CHANNEL } from '../channels.ts';
import { bySummary } from './by-summary.ts';
import { chain } from './chain.ts';
import { gather, type Passed } from './gather.ts';
import type { GroomStep } from './schema.ts';
import { stepFor } from './step-for.ts';
import type { ChannelStep, Drop, Groom, Groomed, GroomReading, Origin, Reason } from './types.ts';

const leftOut = counter('millrace_groom_values_left_out_total', 'Values that "groom" did not send on, by reason');
const groomChannels = defineLimit(
  'groom_channels',
  256,
  'Channels that "groom" keeps apart; those of further names are left out',
);

/**
 * @param steps in the order in which they are to be taken
 * @throws UNIT_UNKNOWN if a step is to convert to a unit of another dimension
 */
export function createGroom<O extends Origin = Origin>(steps: readonly GroomStep[]): Groom<O> {
  const dropped: Record<Reason, number> = {
    ...{ invalid: 0, late: 0, unit: 0, range: 0, outliers: 0, duplicates: 0, deadband: 0, aggregate: 0, compress: 0 },
  };
  let [taken, sent] = [0, 0];
  const drop: Drop = (reason, values = 1) => {
    dropped[reason] += values;
    leftOut.add(values, { reason });
  };
  // A conversion that is impossible says so before the first reading.
  for (const step of steps) stepFor(step, drop);
  const channels = new Map<string, Required<ChannelStep>>();

  const chainOf = (channel: string): Required<ChannelStep> | undefined => {
    const known = channels.get(channel);
    if (known) return known;
    if (channels.size >= groomChannels.value) return undefined;
    const own = steps.filter((step) => step.channels.length === 0 || step.channels.includes(channel));
    const several = own.findIndex((step) => step.type === 'aggregate' && step.summaries.length > 1);
    const made = chain(
      own.map((step, index) => {
        const make = () => stepFor(step, drop);
        return several >= 0 && index > several ? bySummary(make) : make();
      }),
    );
    channels.set(channel, made);
    return made;
  };

  const collect = (run: (pass: (channel: string) => (point: Passed['point']) => void) => void): Groomed<O>[] => {
    const passed: Passed[] = [];
    run((channel) => (point) => {
      // Finite values may have a mean or a unit in which they are not.
      if (Number.isFinite(point.value)) passed.push({ channel, point });
      else drop('invalid');
    });
    sent += passed.length;
    return gather<O>(passed);
  };

  /** @throws what the steps say of a reading that they cannot take; then none of it is taken */
  const check = (names: readonly string[], all: number, origin: O) => {
    try {
      for (const name of names) chainOf(name)?.check(origin);
    } catch (error) {
      drop('unit', names.length);
      if (all > names.length) drop('invalid', all - names.length);
      throw error;
    }
  };

  return {
    take({ payload, time, origin }: GroomReading<O>) {
      const numeric = channelsOf(payload);
      const values: readonly (readonly [string, unknown])[] =
        typeof payload === 'number' ? [[SINGLE_CHANNEL, payload]] : Object.entries(payload);
      const plain = typeof payload === 'number';
      taken += values.length;
      check(numeric, values.length, origin);
      return collect((pass) => {
        for (const [channel, value] of values) {
          const usable = typeof value === 'number' && Number.isFinite(value) && Number.isFinite(time);
          const steps = usable ? chainOf(channel) : undefined;
          if (steps) steps.take({ value: value as number, time, origin, plain }, pass(channel));
          else {
            if (usable) groomChannels.cost();
            drop('invalid');
          }
        }
      });
    },
    flush: () => collect((pass) => channels.forEach((steps, channel) => steps.flush(pass(channel)))),
    get counts() {
      let held = 0;
      for (const steps of channels.values()) held += steps.held;
      return { taken, sent, dropped: { ...dropped }, held };
    },
  };
}
