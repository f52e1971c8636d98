/** What a bundle will cost on a machine. */
import { type ModelCosts, DENSE_COST } from '../../inference/index.ts';
import type { BundleNeeds } from '../../bundle/index.ts';
import type { BundleEstimate, MachineProfile, TierProfiles } from '../../messages/index.ts';
import type { FitOptions } from './options.ts';

type Model = BundleEstimate['models'][number];
type TierName = Model['tier'];

/** Bytes: a flow without an editor, its queue and its nodes, on Node.js 24. */
const EMPTY_FLOW = 150e6;
/** The thread of Johnny-Five, once for each board; nodes that name none share a virtual one. */
const BOARD = 19e6;
const ON_BOARDS = ['sensor', 'pins', 'actuator'];
/** The start of a flow without an editor, in starts of a process that does nothing. */
const START = 25;
/** Of loading a library and its first session, likewise. */
const START_LIBRARY = 3;

/** µs: what a question to the thread of ONNX Runtime costs beside the run itself; quicker models are compiled anyway. */
const THERE_AND_BACK = 25;
const SURELY_QUICKER = 30;

/** Memory that a model takes for each byte of its file, where it was not measured: weights are kept, and copied to run. */
const BYTES_PER_BYTE: Readonly<Record<TierName, number>> = { compiled: 4, native: 2.5, wasm: 3 };
const LEAST_MODEL = 1e6;
const FLOAT = 4;

export function estimateOf(needs: BundleNeeds, profile: MachineProfile, options: FitOptions): BundleEstimate {
  const models = needs.models.flatMap((model) => estimateModel(model, profile, options));
  const libraries = (['native', 'wasm'] as const).filter((name) => models.some(({ tier }) => tier === name));
  const libraryBytes = libraries.reduce((sum, name) => sum + (profile.tiers[name].bytes ?? 0), 0);
  const boards = Math.max(needs.boards.length, needs.nodeTypes.some((type) => ON_BOARDS.includes(type)) ? 1 : 0);
  const modelBytes = models.reduce((sum, { memoryBytes }) => sum + memoryBytes, 0);
  return {
    memoryBytes: Math.round(EMPTY_FLOW + boards * BOARD + libraryBytes + modelBytes),
    diskBytes: needs.diskBytes,
    startMs: Math.round(profile.startMs * (START + libraries.length * START_LIBRARY)),
    models,
  };
}

/** Nothing for a model that no way runs there. */
function estimateModel(
  model: BundleNeeds['models'][number],
  profile: MachineProfile,
  { costs = [], measuredOn = profile.tiers }: FitOptions,
): Model[] {
  const cost = costs.find(({ digest }) => digest === model.digest);
  const micro = cost ? scaled(cost, profile.tiers, measuredOn) : guessed(model, profile.tiers);
  const tier = chosen(micro, profile.tier);
  if (!tier) return [];
  const ms = Object.entries(micro).map(([name, value]) => [name, value / 1000]);
  return [
    {
      name: model.name,
      tier,
      latencyMs: Object.fromEntries(ms) as Model['latencyMs'],
      memoryBytes: cost?.tiers[tier]?.bytes ?? LEAST_MODEL + model.bytes * BYTES_PER_BYTE[tier],
      measured: cost !== undefined,
    },
  ];
}

type Micro = Readonly<Partial<Record<TierName, number>>>;

/** As the yardsticks of the two machines say: what took twice as long there as here will do so again. */
function scaled({ tiers }: ModelCosts, there: TierProfiles, here: TierProfiles): Micro {
  const ways = (['compiled', 'native', 'wasm'] as const).flatMap((name) => {
    const [cost, slow, quick] = [tiers[name], there[name].micro, here[name].micro];
    if (!cost || !there[name].works) return [];
    return [[name, slow && quick ? cost.micro * (slow.dense / quick.dense) : cost.micro] as const];
  });
  return Object.fromEntries(ways);
}

/** As if every weight were multiplied once: too little for convolutions, too much for trees. */
function guessed({ bytes, compiled }: BundleNeeds['models'][number], tiers: TierProfiles): Micro {
  const steps = bytes / FLOAT;
  const perStep = (tiers.compiled.micro?.dense ?? 0) / DENSE_COST;
  const ways = (['compiled', 'native', 'wasm'] as const).flatMap((name) => {
    const { works, micro } = tiers[name];
    if (!works || !micro || (name === 'compiled' && !compiled)) return [];
    // A call of the library costs more than what it does to the yardstick.
    return [[name, name === 'compiled' ? steps * perStep : micro.dense + steps * perStep] as const];
  });
  return Object.fromEntries(ways);
}

/** As inference will choose. */
function chosen(micro: Micro, forced: string | undefined): TierName | undefined {
  const { compiled, native, wasm } = micro;
  const ways: readonly TierName[] = ['compiled', 'native', 'wasm'];
  const asked = ways.find((name) => name === forced);
  // Where compiled is asked for, what cannot be compiled is refused as well.
  if (asked) return micro[asked] === undefined ? undefined : asked;
  const library = native ?? wasm;
  if (compiled !== undefined && (compiled <= SURELY_QUICKER || compiled < (library ?? Infinity) + THERE_AND_BACK)) {
    return 'compiled';
  }
  return native !== undefined ? 'native' : wasm !== undefined ? 'wasm' : undefined;
}
