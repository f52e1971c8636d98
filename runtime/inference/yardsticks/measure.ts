import { fileURLToPath } from 'node:url';
import type { TierProfile, TierProfiles } from '../../messages/index.ts';
import type { ModelPackage } from '../../models/package/index.ts';
import { startProcess, workerUrl } from '../../workers/index.ts';
import { sampleFeeds } from '../sample-feeds.ts';
import { TIERS, type TierName } from '../tiers/tier.ts';
import { yardsticks } from './models.ts';
import type { MeasureAnswer, MeasureRequest, ModelMeasure } from './protocol.ts';

const PROGRAM = fileURLToPath(workerUrl(import.meta.url, './measure-process'));
/** ms: a library that is not loaded, and its models not run, by then is of no use on this machine. */
const PATIENCE = 60_000;

/** What one model costs on this machine, one way. */
export interface TierCost {
  /** µs for one row. */
  readonly micro: number;
  /** Memory that it takes, without the library's own. */
  readonly bytes: number;
}

export interface ModelCosts {
  readonly name: string;
  readonly digest: string;
  /** A way that is not here cannot run it. */
  readonly tiers: Readonly<Partial<Record<TierName, TierCost>>>;
}

/**
 * Which ways of running models work on this machine, and how quick they are: each in a process of its own, which it may end.
 *
 * @param program for tests: what stands in for the child
 */
export async function measureTiers(program = PROGRAM): Promise<TierProfiles> {
  const models = yardsticks();
  const profiles: [TierName, TierProfile][] = [];
  // One after the other: side by side they would slow each other down.
  for (const tier of TIERS) profiles.push([tier, toProfile(await ask({ tier, models }, program))]);
  return Object.fromEntries(profiles) as TierProfiles;
}

/** What models cost on this machine, by every way that runs them. */
export async function measureModels(packages: readonly ModelPackage[], program = PROGRAM): Promise<ModelCosts[]> {
  const models = packages.map(({ manifest, onnx, digest }) => {
    return { name: digest, onnx, feeds: sampleFeeds(manifest) };
  });
  const costs = packages.map(({ manifest, digest }): MutableCosts => ({ name: manifest.name, digest, tiers: {} }));
  for (const tier of TIERS) {
    for (const found of await measured(tier, models, program)) {
      const cost = costs.find(({ digest }) => digest === found.name);
      if (cost && 'micro' in found) cost.tiers[tier] = { micro: found.micro, bytes: found.bytes };
    }
  }
  return costs;
}

/** All in one process. If that ends, each in its own: a model that ends the process takes no other along. */
async function measured(tier: TierName, models: MeasureRequest['models'], program: string): Promise<ModelMeasure[]> {
  if (models.length === 0) return [];
  const answer = await ask({ tier, models }, program);
  if (answer.works) return [...answer.models];
  if (!answer.ended || models.length === 1) return [];
  const found: ModelMeasure[] = [];
  for (const model of models) found.push(...(await measured(tier, [model], program)));
  return found;
}

type MutableCosts = Omit<ModelCosts, 'tiers'> & { readonly tiers: Partial<Record<TierName, TierCost>> };
type Answer = MeasureAnswer & { readonly ended?: true };

async function ask(request: MeasureRequest, program: string): Promise<Answer> {
  let answer: MeasureAnswer | undefined;
  const child = await startProcess({
    name: `measuring ${request.tier}`,
    command: process.execPath,
    args: [...process.execArgv, program],
    onMessage: (message) => (answer = message as MeasureAnswer),
  });
  child.send(request);
  const late = setTimeout(() => void child.end(0), PATIENCE);
  const { code, signal, output } = await child.ended.finally(() => clearTimeout(late));
  if (answer) return answer;
  const said = output.trim().split('\n')[0]?.slice(0, 200) ?? '';
  const how = signal ?? `exit code ${code}`;
  return { works: false, ended: true, reason: `the process ended (${how})${said === '' ? '' : `: ${said}`}` };
}

function toProfile(answer: Answer): TierProfile {
  if (!answer.works) return { works: false, reason: firstLine(answer.reason), ...(answer.ended && { ended: true }) };
  const micro = (name: string) => {
    const found = answer.models.find((model) => model.name === name);
    return found && 'micro' in found ? found.micro : undefined;
  };
  const [dense, trees] = [micro('dense'), micro('trees')];
  if (dense !== undefined && trees !== undefined) return { works: true, bytes: answer.bytes, micro: { dense, trees } };
  return { works: false, reason: firstReason(answer.models) };
}

const firstReason = (models: readonly ModelMeasure[]) =>
  models.flatMap((model) => ('reason' in model ? [firstLine(model.reason)] : []))[0] ?? 'it gave no answer';
const firstLine = (text: string) => text.split('\n')[0] ?? '';
