import { readOnnx } from '../onnx-format/index.ts';

/**
 * The other files in which a model keeps its numbers, as it names them.
 *
 * @throws what onnx-format says of bytes that are no model
 */
export function externalFiles(onnx: Uint8Array): string[] {
  const files = new Set<string>();
  for (const { dataLocation, external } of readOnnx(onnx).graph.initializers) {
    const location = external.find(({ key }) => key === 'location')?.value;
    if (dataLocation === 1 && location !== undefined) files.add(location);
  }
  return [...files];
}
