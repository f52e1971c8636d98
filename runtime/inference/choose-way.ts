/** Which of the tiers runs a model on this machine: what it holds decides, and where that is not clear a short measurement. */
import { counter } from '../base/index.ts';
import type { MachineFacts } from '../messages/index.ts';
import type { ModelPackage } from '../models/package/index.ts';
import { checkRunnable, readOnnx } from '../onnx-format/index.ts';
import { gainsFromBatches } from './batching/gains.ts';
import { checkVectors } from './check-vectors.ts';
import { type Compilation, compileModel } from './compile-model.ts';
import type { Engine } from './engine.ts';
import { errors } from './errors.ts';
import type { LoadedSession } from './inference-worker.ts';
import { createModelSession, type ModelSession } from './model-session.ts';
import { probe } from './probe/probe.ts';
import { runCompiled } from './run-compiled.ts';
import { runSession } from './run-session.ts';
import type { RunningModel } from './running-model.ts';
import { sampleFeeds } from './sample-feeds.ts';
import type { TierName } from './tiers/tier.ts';

/** What was measured of models on this machine before. */
export interface KnownModels {
  facts(digest: string): Promise<MachineFacts | undefined>;
  keepFacts(digest: string, facts: MachineFacts): Promise<void>;
}

export interface Way {
  readonly engine: Engine;
  readonly forced: TierName | undefined;
  readonly known: KnownModels;
  /** ms since the epoch */
  readonly now: () => number;
  /** Whether a model that was never loaded here is loaded in a child process first. */
  readonly cautious: boolean;
  /** Digests of the files that this process has tried so. */
  readonly tried: Set<string>;
  /** What this process has measured of models that ONNX Runtime runs, by tier and digest: a deploy need not measure again. */
  readonly measured: Map<string, Measured>;
}

export interface Measured {
  /** µs for one run. */
  readonly micro: number;
  /** Whether rows of different questions may share a run. */
  readonly together: boolean;
}

/** µs: what a question to the thread of ONNX Runtime costs beside the run itself. */
const THERE_AND_BACK = 25;
/** µs: a compiled model this quick beats any call of the native library with its way there and back: nothing to compare. */
const SURELY_QUICKER = 30;
/** µs: longer, compiled, a row would hold up the other nodes. */
const TOO_LONG = 3000;

const disagreements = counter(
  'millrace_inference_disagreements_total',
  'Models whose compiled form disagreed with the vectors of their package',
);

/**
 * @throws MODEL_NOT_LOADED, MODEL_ENDS_PROCESS, TIER_UNAVAILABLE, TIER_UNSUITABLE, VECTORS_DISAGREE, INFERENCE_STOPPED, or
 *   what onnx-format says of a model that it refuses
 */
export async function chooseWay(pkg: ModelPackage, way: Way): Promise<RunningModel> {
  const { forced } = way;
  if (forced === 'native' || forced === 'wasm') return await inWorker(pkg, way, undefined);
  const compilation = await compileModel(pkg);
  if ('reason' in compilation) {
    const { reason } = compilation;
    if (reason.includes('disagrees')) disagreements.add();
    if (forced) throw errors.TIER_UNSUITABLE({ model: pkg.manifest.name, tier: forced, reason });
    return await inWorker(pkg, way, reason);
  }
  const { compiled, microseconds } = compilation;
  if (forced) return runCompiled(compiled, 'compiled was asked for', { compiled: microseconds });
  if (microseconds <= SURELY_QUICKER) {
    const why = `${compiled.words}: ${shown(microseconds)} as compiled JavaScript, less than the way to ONNX Runtime and back`;
    return runCompiled(compiled, why, { compiled: microseconds });
  }
  return await compare(pkg, way, compilation);
}

/** Runs it both ways once, and remembers which was quicker on this machine. */
async function compare(
  pkg: ModelPackage,
  way: Way,
  { compiled, microseconds }: Exclude<Compilation, { readonly reason: string }>,
): Promise<RunningModel> {
  const facts = await way.known.facts(pkg.digest).catch(() => undefined);
  if (facts?.tier === 'compiled')
    return runCompiled(compiled, facts.why, { ...facts.microseconds, compiled: microseconds });
  const other = await inWorker(pkg, way, undefined, microseconds).catch((thrown: unknown) => {
    // Without ONNX Runtime the compiled form is all there is.
    if ((thrown as { code?: unknown }).code !== 'TIER_UNAVAILABLE') throw thrown;
  });
  const elsewhere = other?.microseconds[other.tier] ?? Infinity;
  const quicker = microseconds <= TOO_LONG && microseconds < elsewhere + THERE_AND_BACK;
  if (other && !quicker) return other;
  await other?.release();
  const beside = other ? `, ${shown(elsewhere)} and the way there and back as ${other.tier}` : '';
  const why = `${compiled.words}: ${shown(microseconds)} as compiled JavaScript${beside}`;
  const measured = { ...other?.microseconds, compiled: microseconds };
  await keep(way, pkg.digest, { tier: 'compiled', why, microseconds: measured });
  return runCompiled(compiled, why, measured);
}

/** @param instead why it is not compiled, or how many µs it takes so */
async function inWorker(
  pkg: ModelPackage,
  way: Way,
  instead: string | undefined,
  compiled?: number,
): Promise<RunningModel> {
  const { manifest, onnx, digest } = pkg;
  const { engine, forced } = way;
  const memory = await tryFirst(pkg, way);
  const session = createModelSession(engine, manifest.name, onnx);
  try {
    const { tier, why } = await session.load();
    await checkVectors(manifest, tier, (asked) => session.run(asked));
    const { micro, together } = await measure(pkg, way, session, tier);
    const reason = whyNative(tier, why, instead, micro, compiled);
    const microseconds = { [tier]: micro, ...(compiled !== undefined && { compiled }) };
    if (!forced) await keep(way, digest, { tier, why: reason, microseconds, ...(memory !== undefined && { memory }) });
    return runSession(session, together, { tier, why: forced ? why : reason, microseconds });
  } catch (thrown) {
    await session.release();
    throw thrown;
  }
}

async function measure(
  { manifest, digest }: ModelPackage,
  { measured }: Way,
  session: ModelSession,
  tier: TierName,
): Promise<Measured> {
  const key = `${tier} ${digest}`;
  const known = measured.get(key);
  if (known) return known;
  const feeds = sampleFeeds(manifest);
  const micro = await session.time(feeds).catch(() => 0);
  const together = micro > 0 && (await gainsFromBatches(manifest, session, feeds, micro));
  const made = { micro, together };
  measured.set(key, made);
  return made;
}

/**
 * Loads a model that this machine has never given to ONNX Runtime in a child process.
 *
 * @returns MB that it took, where that is known
 * @throws MODEL_ENDS_PROCESS, MODEL_NOT_LOADED, TIER_UNAVAILABLE, or what onnx-format says of a model that it refuses
 */
export async function tryFirst({ manifest, onnx, digest }: ModelPackage, way: Way): Promise<number | undefined> {
  const { engine, forced, known, cautious, tried } = way;
  // What would end even the child is known beforehand.
  checkRunnable(readOnnx(onnx));
  const facts = await known.facts(digest).catch(() => undefined);
  const file = manifest.files['model.onnx'] ?? digest;
  // WebAssembly ends no process.
  if (facts || !cautious || tried.has(file) || forced === 'wasm') return facts?.memory;
  const tier = forced === 'compiled' ? undefined : forced;
  const request = { model: manifest.name, onnx, feeds: sampleFeeds(manifest), tier };
  const memory = await engine.answer(manifest.name, () => probe(request));
  tried.add(file);
  return memory;
}

function whyNative(
  tier: LoadedSession['tier'],
  why: LoadedSession['why'],
  instead: string | undefined,
  micro: number,
  compiled: number | undefined,
): string {
  if (compiled !== undefined) return `${shown(micro)} as ${tier}, ${shown(compiled)} as compiled JavaScript`;
  const cause = instead === undefined ? '' : `${instead}; `;
  return `${cause}${why}`;
}

async function keep({ known, now }: Way, digest: string, facts: Omit<MachineFacts, 'measured'>): Promise<void> {
  // What cannot be kept is measured again next time.
  await known.keepFacts(digest, { ...facts, measured: now() }).catch(() => undefined);
}

const shown = (microseconds: number) =>
  microseconds < 1000
    ? `${Number(microseconds.toPrecision(2))} µs`
    : `${Number((microseconds / 1000).toPrecision(2))} ms`;
