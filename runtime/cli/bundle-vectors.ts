import { join } from 'node:path';
import { type PlainError, systemClock, toPlainError } from '../base/index.ts';
import type { OpenBundle } from '../bundle/index.ts';
import { createInference } from '../inference/index.ts';
import { readPackage } from '../models/package/index.ts';

/** Whether a model of the bundle answers here as it did where it was made. */
export interface ModelResult {
  readonly kind: 'model';
  /** `pump-health@1.0.0` */
  readonly model: string;
  readonly passed: boolean;
  /** How many inputs with known answers it was asked. */
  readonly vectors?: number;
  readonly error?: PlainError;
}

/** Asks each model of an unpacked bundle what its package knows the answers to. */
export async function* checkVectors({ manifest, source }: OpenBundle): AsyncGenerator<ModelResult, void> {
  if (manifest.models.length === 0) return;
  const inference = createInference({ clock: systemClock });
  try {
    for (const { name, version } of manifest.models) {
      const frame = { kind: 'model', model: `${name}@${version}` } as const;
      try {
        const pkg = await readPackage(join(source, 'models', name, version));
        await (await inference.open(pkg)).close();
        yield { ...frame, passed: true, vectors: pkg.manifest.vectors.length };
      } catch (error) {
        yield { ...frame, passed: false, error: toPlainError(error) };
      }
    }
  } finally {
    await inference.close();
  }
}
