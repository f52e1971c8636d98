/** A process that runs cases and prints what became of each: an operator that aborts the process takes only it along. */
import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { isDeepStrictEqual } from 'node:util';
import { loadNative } from '../../runtime/inference/tiers/native.ts';
import { createSession } from '../../runtime/inference/tiers/onnx-runtime.ts';
import { checkRunnable, readOnnx, summary, writeOnnx } from '../../runtime/onnx-format/index.ts';
import { type CaseValues, caseValues, feedsOf, modelBytes, NoTensor } from './cases.ts';
import { difference } from './compare.ts';
import { LOCALE } from './not-run.ts';

const native = await loadNative();

// After the tier, which prepares it for float16.
const runtime = await import('onnxruntime-node');

/** Why a case is not passed; `undefined` if it is. */
async function run(name: string): Promise<string | undefined> {
  const bytes = modelBytes(name);
  let refused: string | undefined;
  try {
    const model = readOnnx(bytes);
    const written = writeOnnx(model);
    if (!isDeepStrictEqual(readOnnx(written), model))
      return 'Millrace: the model is not the same when it is written and read';
    checkRunnable(model);
    const { inputs, outputs } = summary(model);
    const other = [...inputs, ...outputs].find(({ kind }) => kind !== 'tensor');
    if (other) return `takes or gives a ${other.kind}, which JavaScript's ONNX Runtime cannot hold`;
    const problem = await answers(written, caseValues(name), (onnx) => native.create(onnx));
    if (problem === undefined) return undefined;
    if (Object.keys(summary(model).operators).some((op) => RANDOM.test(op))) return 'draws random numbers';
    refused = problem;
  } catch (thrown) {
    if (thrown instanceof NoTensor) return `takes or gives ${thrown.message}, which JavaScript has no numbers for`;
    const code = (thrown as { code?: string }).code;
    if (code === 'ONNX_TYPE_UNSUPPORTED' || code === 'ONNX_OPERATOR_UNKNOWN') {
      const said = (thrown as Error).message.replace(/.* has the type/, 'the type').replace(/ \(node .*/, '');
      return (await plainPasses(name)) ? `Millrace: ${said}` : `${code}: ${said}`;
    }
    if (code?.startsWith('ONNX_')) return `Millrace: ${String(thrown)}`;
    refused = reasonOf(thrown);
  }
  if (refused === LOCALE) return LOCALE;
  return (await plainPasses(name)) ? `Millrace: ${refused}` : `ONNX Runtime: ${refused}`;
}

/** Whether ONNX Runtime, given the file as it is, passes. */
async function plainPasses(name: string): Promise<boolean> {
  try {
    return (await answers(modelBytes(name), caseValues(name), (onnx) => createSession(runtime, onnx))) === undefined;
  } catch {
    return false;
  }
}

async function answers(
  onnx: Uint8Array,
  sets: readonly CaseValues[],
  create: typeof native.create,
): Promise<string | undefined> {
  const session = await create(onnx);
  try {
    for (const set of sets) {
      const given = await session.run(feedsOf(session.inputs, set));
      for (const [index, expected] of set.outputs.entries()) {
        const problem = difference(given[session.outputs[index] ?? ''], expected);
        if (problem !== undefined) return `answers with ${problem}`;
      }
    }
    return undefined;
  } finally {
    await session.release();
  }
}

/** What is the same on every machine: without paths, line numbers, types and names of nodes. */
function reasonOf(thrown: unknown): string {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const said = /Batchwise recurrent operations \(layout == 1\) are not supported/.exec(message)?.[0];
  const kernel = /Could not find an implementation for (\w+\(\d+\))/.exec(message)?.[1];
  if (kernel) return `no implementation of ${kernel}`;
  if (message.includes('Failed to construct locale')) return LOCALE;
  return said ?? message.split('\n')[0]?.slice(0, 120) ?? '';
}

/** Operators whose answers no one can foretell. */
const RANDOM = /^(Bernoulli|Dropout|RandomUniformLike|RandomNormalLike|Multinomial)$/;

// Written at once: what has begun must be known when the process ends in the middle of it.
const tell = (line: object) => writeSync(1, `${JSON.stringify(line)}\n`);

for await (const name of createInterface({ input: process.stdin })) {
  tell({ name });
  tell({ name, reason: (await run(name)) ?? null });
}
