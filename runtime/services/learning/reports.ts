import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { newId } from '../../base/index.ts';
import { type TrainingReport, trainingReport } from '../../messages/index.ts';
import { z } from 'zod';
import { reportLimit } from './limits.ts';

const FORMAT = 1;

const file = z.object({
  format: z.literal(FORMAT),
  report: trainingReport,
  /** Little-endian int32 in base64: ids of the examples that the model has learnt from. */
  learnt: z.string(),
});

/** What is known of a training beyond its package. */
export interface KeptTraining {
  readonly report: TrainingReport;
  /** Ids of the examples that the model has learnt from. */
  readonly learnt: Int32Array;
}

/** Reports of trainings on disk, by the digest of the version that they made. The newest are kept. */
export interface Reports {
  keep(training: KeptTraining): Promise<void>;
  /** @returns nothing where none is kept, or what is there cannot be read */
  find(digest: string): Promise<KeptTraining | undefined>;
}

export function createReports(directory: string): Reports {
  const path = (digest: string) => join(directory, `${digest}.json`);
  return {
    async keep({ report, learnt }) {
      await mkdir(directory, { recursive: true });
      const bytes = Buffer.from(learnt.buffer, learnt.byteOffset, learnt.byteLength);
      const content: z.input<typeof file> = { format: FORMAT, report, learnt: bytes.toString('base64') };
      // Whole or not at all.
      const partial = join(directory, `${newId()}.partial`);
      try {
        await writeFile(partial, JSON.stringify(content));
        await rename(partial, path(report.model.digest));
      } finally {
        await rm(partial, { force: true });
      }
      await keepNewest(directory);
    },
    async find(digest) {
      const text = await readFile(path(digest), 'utf8').catch(() => undefined);
      if (text === undefined) return undefined;
      const result = file.safeParse(parse(text));
      if (!result.success) return undefined;
      const bytes = Buffer.from(result.data.learnt, 'base64');
      const learnt = Int32Array.from({ length: Math.floor(bytes.length / 4) }, (_, at) => bytes.readInt32LE(at * 4));
      return { report: result.data.report, learnt };
    },
  };
}

async function keepNewest(directory: string): Promise<void> {
  const names = (await readdir(directory)).filter((name) => name.endsWith('.json'));
  if (names.length <= reportLimit.value) return;
  const dated = await Promise.all(
    names.map(async (name) => ({
      name,
      time: (await stat(join(directory, name)).catch(() => undefined))?.mtimeMs ?? 0,
    })),
  );
  const old = dated.sort((a, b) => b.time - a.time).slice(reportLimit.value);
  for (const { name } of old) await rm(join(directory, name), { force: true });
  reportLimit.cost(old.length);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
