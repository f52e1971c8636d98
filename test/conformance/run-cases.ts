/** A process that runs cases and prints what became of each: an operator that aborts the process takes only it along. */
import { createInterface } from 'node:readline';
import { isDeepStrictEqual } from 'node:util';
import { loadNative } from '../../runtime/inference/tiers/native.ts';
import { createSession } from '../../runtime/inference/tiers/onnx-runtime.ts';
import { checkRunnable, readOnnx, summary, writeOnnx } from '../../runtime/onnx-format/index.ts';
import { type CaseValues, caseValues, feedsOf, modelBytes, NoTensor } from './cases.ts';
import { difference } from './compare.ts';

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
    if (!isDeepStrictEqual(readOnnx(written), model)) return 'Millrace: the model is not the same when it is written and read';
    checkRunnable(model);
    const { inputs, outputs } = summary(model);
    const other = [...inputs, ...outputs].find(({ kind }) => kind !== 'tensor');
    if (other) return `takes or gives a ${other.kind}, which JavaScript's ONNX Runtime cannot hold`;
    const problem = await answers(written, caseValues(name), (onnx) => native.create(onnx));
    if (problem === undefined) return undefined;
    refused = problem;
  } catch (thrown) {
    if (thrown instanceof NoTensor) return `takes or gives ${thrown.message}, which JavaScript has no numbers for`;
    const code = (thrown as { code?: string }).code;
    if (code === 'ONNX_TYPE_UNSUPPORTED') return `${code}: ${(thrown as Error).message.replace(/.*has the type/, 'the type')}`;
    if (code?.startsWith('ONNX_')) return `Millrace: ${String(thrown)}`;
    refused = reasonOf(thrown);
  }
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
  const kernel = /Could not find an implementation for (\w+\(\d+\))/.exec(message);
  if (kernel) return `no implementation of ${kernel[1]}`;
  return message.replace(/^\/onnxruntime_src\S+ .*?\) /, '').split('\n')[0]?.slice(0, 300) ?? '';
}

for await (const name of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify({ name }));
  console.log(JSON.stringify({ name, reason: (await run(name)) ?? null }));
}
