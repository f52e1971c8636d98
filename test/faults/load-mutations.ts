/** A process that reads mutations and gives those which our reader accepts to ONNX Runtime. */
import { writeSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { MillraceError } from '../../runtime/base/index.ts';
import { loadNative } from '../../runtime/inference/tiers/native.ts';
import {
  checkRunnable,
  dropZipMap,
  readOnnx,
  summary,
  withExternal,
  writeOnnx,
} from '../../runtime/onnx-format/index.ts';
import { mutation } from './mutate.ts';
import { FILES } from './onnx-models.ts';

const tell = (line: object) => writeSync(1, `${JSON.stringify(line)}\n`);
const [first = 0, last = 0] = process.argv.slice(2).map(Number);
const native = await loadNative();
const counts = { refused: 0, accepted: 0, loaded: 0 };

for (let seed = first; seed < last; seed++) {
  tell({ seed });
  const problem = await look(mutation(seed));
  if (problem !== undefined) tell({ seed, problem });
}
tell({ counts });

/** What must not be, in words. */
async function look(bytes: Uint8Array): Promise<string | undefined> {
  let runnable: Uint8Array;
  try {
    const model = readOnnx(bytes);
    if (!isDeepStrictEqual(readOnnx(writeOnnx(model)), model)) return 'not the same when written and read';
    summary(model);
    const whole = withExternal(dropZipMap(model).model, FILES);
    checkRunnable(whole);
    // What comes into the package is read once more by whoever loads it.
    runnable = writeOnnx(whole);
    readOnnx(runnable);
  } catch (thrown) {
    counts.refused++;
    if (thrown instanceof MillraceError && thrown.code.startsWith('ONNX_')) return undefined;
    return `no coded error, but ${String(thrown)}`;
  }
  counts.accepted++;
  const session = await native.create(runnable).catch(() => undefined);
  if (session) counts.loaded++;
  await session?.release();
  return undefined;
}
