import { errors } from './errors.ts';
import type { OnnxModel, OnnxTensor } from './model.ts';
import { EXTERNAL } from './tensor-size.ts';
import { allTensors } from './walk.ts';

/**
 * The files in which a model keeps weights, relative to its own folder, each once.
 *
 * @throws ONNX_EXTERNAL_UNSAFE for a name that leads out of the folder, or is no file's
 */
export function externalFiles(model: OnnxModel): string[] {
  const files = [...allTensors(model)].filter(isExternal).map(externalFile);
  return [...new Set(files)];
}

export const isExternal = ({ dataLocation }: OnnxTensor) => dataLocation === EXTERNAL;

/** @throws ONNX_EXTERNAL_UNSAFE */
export function externalFile({ name, external }: OnnxTensor): string {
  const file = external.find(({ key }) => key === 'location')?.value ?? '';
  if (!isSafe(file)) throw errors.ONNX_EXTERNAL_UNSAFE({ tensor: name, file });
  return normalised(file);
}

/** ONNX Runtime itself takes a name with "*" for an address in memory. */
function isSafe(file: string): boolean {
  // eslint-disable-next-line no-control-regex -- that is what is refused
  if (/^[/\\]|[\u0000-\u001f*?"<>|:]/.test(file)) return false;
  const path = normalised(file);
  return path !== '' && !path.split('/').includes('..');
}

const normalised = (file: string) =>
  file
    .split(/[/\\]/)
    .filter((part) => part !== '' && part !== '.')
    .join('/');
