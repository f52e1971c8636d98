import { type Clock, counter, type MillraceError, type Timer } from '../../base/index.ts';
import type { TruthLabel } from '../../messages/index.ts';
import type { DataSets, NewExample } from '../data-sets/types.ts';
import { errors } from '../errors.ts';
import { createCounts } from './counts.ts';
import { createGroups } from './groups.ts';
import { labelOf } from './labels.ts';
import { ownPayload } from './own-payload.ts';
import { createPresses } from './presses.ts';
import type { Arrival, Collector, CollectorSettings, Refusal } from './types.ts';
import { createWriting } from './writing.ts';

const taken = counter('millrace_collected_examples_total', 'Examples that collect nodes put into data sets');
const refusedCount = counter('millrace_collect_refused_total', 'Messages that were no examples, by reason');

/** ms for which labels that come with messages count as being recorded after the last one. */
const RECENT = 1_500;

export interface CollectorTools {
  readonly dataSets: Pick<DataSets, 'open' | 'onChange'>;
  readonly clock: Clock;
}

/** Fills a data set from a stream. Opening it, and whatever goes wrong with it, is told to `failed`. */
export function createCollector({ dataSets, clock }: CollectorTools, settings: CollectorSettings): Collector {
  const { dataSet, from, unlabelled, most } = settings;
  const counts = createCounts();
  const groups = createGroups(() => clock.now());
  const presses = createPresses(clock);
  const refused = new Map<Refusal, number>();
  const always = labelOf(settings.always);
  let held: TruthLabel | undefined;
  let before: TruthLabel | undefined;
  let paused = false;
  let ending: Timer | undefined;
  let latest: { readonly label: TruthLabel | undefined; readonly at: number } | undefined;
  let full = false;
  let arrived = 0;
  let recipe: { readonly digest: string; readonly text: string | undefined } | undefined;

  const refuse = (what: Refusal, count = 1) => {
    refused.set(what, (refused.get(what) ?? 0) + count);
    refusedCount.add(count, { reason: what });
    settings.changed();
  };
  const writing = createWriting({
    ...{ clock, dataSet, failed: settings.failed },
    open: () => dataSets.open(dataSet),
    gone({ label }, error) {
      counts.waits(label, -1);
      if (error) refuse(reasonOf(error));
      else taken.add(1);
    },
    async settled(opened) {
      counts.stored(await opened.summary());
      settings.changed();
    },
  });
  const unlisten = dataSets.onChange((name) => {
    if (name.toLowerCase() === dataSet.toLowerCase()) void writing.look();
  });
  void writing.look();

  const labelFor = (arrival: Arrival): TruthLabel | undefined => {
    if (held !== undefined) return held;
    if (from === 'message') return labelOf(arrival.label);
    return from === 'always' ? always : undefined;
  };
  const recipeText = (digest: string) => {
    if (recipe?.digest !== digest) recipe = { digest, text: settings.recipeText(digest) };
    return recipe.text;
  };
  const exampleOf = (arrival: Arrival, label: TruthLabel | undefined): NewExample => {
    const { payload, time, source, group, recipe: digest } = arrival;
    const text = typeof digest === 'string' ? recipeText(digest) : undefined;
    return {
      payload: ownPayload(payload),
      ...(label !== undefined && { label }),
      time: typeof time === 'number' && Number.isFinite(time) ? time : clock.now(),
      source: typeof source === 'string' && source !== '' ? source : settings.source,
      group: typeof group === 'string' && group !== '' ? group : groups.of(label),
      ...(typeof digest === 'string' && { recipe: digest }),
      ...(text !== undefined && { recipeText: text }),
    };
  };
  const letGo = () => {
    ending?.cancel();
    ending = undefined;
    held = latest = undefined;
    full = false;
    groups.end();
  };
  const recording = () => {
    if (held !== undefined) return held;
    return latest && clock.monotonic() - latest.at < RECENT ? (latest.label ?? null) : null;
  };

  return {
    take(arrival) {
      arrived++;
      presses.seen(arrival.time);
      if (paused) return;
      const label = refusing('label', () => labelFor(arrival));
      if (label === undefined && unlabelled === 'drop') {
        latest = undefined;
        return groups.end();
      }
      full = counts.of(label) >= most;
      if (full) return refuse('enough');
      const example = refusing('not an example', () => exampleOf(arrival, label));
      if (held !== undefined && presses.isBefore(example)) return refuse('began before');
      refusing('too fast', () => writing.add(example));
      counts.waits(label, 1);
      latest = { label, at: clock.monotonic() };
    },
    hold(wanted, ms) {
      const label = wanted === true ? (before ?? settings.labels[0]) : labelOf(wanted);
      paused = false;
      if (wanted === true && from !== 'buttons') return settings.changed();
      if (label === undefined) throw errors.COLLECT_LABEL_MISSING({});
      ending?.cancel();
      ending = undefined;
      if (label !== held) {
        letGo();
        held = before = label;
        presses.press();
      }
      if (ms !== undefined) {
        ending = clock.after(ms, () => {
          letGo();
          settings.changed();
        });
      }
      settings.changed();
    },
    release() {
      letGo();
      paused = from !== 'buttons';
      settings.changed();
    },
    get state() {
      return {
        labels: counts.labels([...settings.labels, ...(from === 'always' && always !== undefined ? [always] : [])]),
        unlabelled: counts.of(undefined),
        examples: counts.total,
        recording: recording(),
        ...{ full, arrived },
        refused: [...refused].map(([what, count]) => ({ what, count })),
      };
    },
    async close() {
      unlisten();
      ending?.cancel();
      const lost = await writing.close();
      if (lost > 0) refuse('failed', lost);
    },
  };

  /** What throws is counted first. */
  function refusing<T>(what: Refusal, work: () => T): T {
    try {
      return work();
    } catch (error) {
      refuse(what);
      throw error;
    }
  }
}

const REASONS: Readonly<Record<string, Refusal>> = {
  EXAMPLE_INVALID: 'not an example',
  EXAMPLE_SHAPE_DIFFERS: 'another shape',
};
const reasonOf = ({ code }: MillraceError): Refusal => REASONS[code] ?? 'failed';
