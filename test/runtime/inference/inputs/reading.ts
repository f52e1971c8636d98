import { createReader } from '../../../../runtime/inference/inputs/create-reader.ts';
import type { InputReader, ReadInput } from '../../../../runtime/inference/inputs/types.ts';
import type { Manifest, ModelInput } from '../../../../runtime/models/package/index.ts';

export type Shape = ModelInput['shape'];

/** A model.json with these inputs. */
export function manifestOf(inputs: ModelInput[], change: Partial<Manifest> = {}): Manifest {
  return {
    ...{ format: 1, name: 'm', version: '1', task: 'regression', files: {}, outputs: [], vectors: [] },
    inputs,
    ...change,
  };
}

/** A reader of a model with one input. */
export const readerOf = (type: string, shape: Shape, more: Partial<ModelInput> = {}): InputReader =>
  createReader(manifestOf([{ name: 'x', type, shape, ...more }]));

export const readerOfAll = (...inputs: ModelInput[]): InputReader => createReader(manifestOf(inputs));

/** What was read for one input: its dimensions and values. */
export function fed(read: ReadInput, name = 'x'): { dims: readonly number[]; data: unknown[] } {
  const tensor = read.feeds[name];
  if (!tensor) throw new Error(`nothing was read for ${name}`);
  return { dims: tensor.dims, data: Array.from<unknown>(tensor.data) };
}

export function refusal(run: () => unknown): { code: string; message: string; hint: string } {
  try {
    run();
  } catch (thrown) {
    return thrown as { code: string; message: string; hint: string };
  }
  throw new Error('nothing was refused');
}
