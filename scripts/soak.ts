/**
 * `npm run soak`: what takes long, one after the other.
 *
 * - A gateway whose process is killed a thousand times, and whose power is cut fifty times: says what of its outbox was lost.
 *   Some twenty minutes.
 * - A gateway that runs the pump for an hour: says whether its memory, open files and disk stay flat, and whether every
 *   prediction arrives. Needs the built product. CI does ten minutes of it.
 * - The virtual pump for days, read at 100 Hz, with a season, watched by what the drift node watches with: says whether there
 *   was a false alarm, and whether each fault was found and rightly named. Some ten minutes.
 *
 *   node scripts/soak.ts [outbox | gateway | pump] [--minute] [--minutes=60] [SEED]
 *
 *   --minute: the pump one window a minute: half a minute; --minutes: how long the gateway runs
 */
import { createDrift } from '../runtime/drift/index.ts';
import type { Clock } from '../runtime/base/index.ts';
import type { DriftPayload } from '../runtime/messages/index.ts';
import { SOAK_RECIPE } from './soak/recipe.ts';
import { judgeSoak, type SoakVerdict } from './soak/judge.ts';
import { soakGateway } from './soak/gateway/soak.ts';
import { soakOutbox } from './soak/outbox/soak.ts';
import { type SoakOptions, soakPump, type Watched } from './soak/pump-soak.ts';

const MINUTE = 60_000;

/** One window a minute: some seconds of real time for days of virtual time. */
export const BY_THE_MINUTE = { recipe: SOAK_RECIPE, every: MINUTE, broken: 6 * 60 * MINUTE, mended: 4 * 60 * MINUTE };
/** Every reading at 100 Hz, one window a second. */
export const EVERY_READING = { recipe: SOAK_RECIPE, every: 1000, broken: 15 * MINUTE, mended: 15 * MINUTE };

/** How a node is set that watches a pump with a day: it learns a whole one, hour by hour. */
export const settingsFor = ({ every }: Pick<SoakOptions, 'every'>) =>
  ({ source: 'stream', learn: (24 * 60 * MINUTE) / every, season: 'hour-of-day' }) as const;

/** What the node watches with, without the node. */
export function watchedDirectly(every: number) {
  return async (clock: Clock, heard: (event: DriftPayload) => void): Promise<Watched> => {
    const models = { resolve: () => Promise.reject(new Error('a soak has no models')) };
    const watch = createDrift({ models, clock }).watch(settingsFor({ every }), {
      ...{ id: 'soak', name: 'soak' },
      heard: ({ event }) => event && heard(event),
    });
    return {
      async take(message) {
        for (const { event } of await watch.observe(message)) if (event) heard(event);
      },
      close: () => watch.close(),
    };
  };
}

if (process.argv[1] === import.meta.filename) {
  const given = process.argv.slice(2);
  const pace = given.includes('--minute') ? BY_THE_MINUTE : EVERY_READING;
  const seed = Number(given.find((each) => Number(each) > 0) ?? 1);
  const progress = (words: string) => console.error(words);
  const begun = Date.now();
  const verdicts: SoakVerdict[] = [];
  const minutes = Number(given.find((each) => each.startsWith('--minutes='))?.split('=')[1] ?? 60);
  const asked = (what: string) =>
    given.includes(what) || !['outbox', 'gateway', 'pump'].some((each) => given.includes(each));
  if (asked('outbox')) verdicts.push(...(await soakOutbox({ seed, kills: 1_000, cuts: 50, progress })));
  if (asked('gateway')) verdicts.push(...(await soakGateway({ minutes, progress })));
  if (asked('pump')) {
    const chapters = await soakPump({ seed, ...pace, watched: watchedDirectly(pace.every), progress });
    verdicts.push(...judgeSoak(chapters, pace.every));
  }
  for (const { what, met, found } of verdicts) console.log(`${met ? 'met  ' : 'short'} ${what}: ${found}`);
  console.log(`${Math.round((Date.now() - begun) / 1000)} s`);
  if (verdicts.some(({ met }) => !met)) process.exitCode = 1;
}
