import { z } from 'zod';
import { errors } from '../errors.ts';
import { maxMemory } from '../flow-ceiling.ts';
import { limits } from '../limits.ts';
import { runJudge } from './judge-process.ts';
import type { Judges } from './types.ts';

export interface ProcessJudgesOptions {
  /** How `millrace` is started: Node.js, its options, the script. */
  readonly command: readonly [string, ...string[]];
  readonly userDir: string;
  /** Bytes of memory that a judge may take. */
  readonly ceiling?: number;
  /** Bytes that the flow may take; default: as it takes it of itself. */
  readonly flowCeiling?: number;
}

/** What is read of `millrace doctor --json`: what a newer one says beside it does not matter. */
const doctorSaid = z.object({
  fit: z.object({
    fits: z.boolean(),
    problems: z.array(z.object({ severity: z.string(), text: z.string(), hint: z.string() })),
    estimates: z
      .object({
        memoryBytes: z.number().optional(),
        startMs: z.number().optional(),
        models: z.array(z.object({ tier: z.string(), latencyMs: z.record(z.string(), z.number()) })).optional(),
      })
      .optional(),
  }),
});

/** Of `millrace bundle test --json`, a line a test or model. */
const testSaid = z.object({
  name: z.string().optional(),
  test: z.string().optional(),
  model: z.string().optional(),
  passed: z.literal(false),
  error: z.object({ message: z.string() }).optional(),
});

/** As many failures are told. */
const TOLD = 20;
/** Characters of a failure. */
const LONGEST = 1_000;

/** Judges by `millrace doctor DIR --json` and `millrace bundle test DIR --json`, each in a process of its own. */
export function processJudges({ command, userDir, ceiling, flowCeiling }: ProcessJudgesOptions): Judges {
  const own = { command, ...(ceiling !== undefined && { ceiling }) };
  return {
    async fit(directory, signal) {
      const args = ['doctor', directory, '--json', '--boards', '--user-dir', userDir, ...maxMemory(flowCeiling)];
      let said: z.output<typeof doctorSaid> | undefined;
      const onLine = (line: string) => void (said ??= doctorSaid.safeParse(json(line)).data);
      const { reason } = await runJudge({ ...own, args, patience: limits.fit.value, onLine, signal });
      if (!said) throw errors.JUDGE_FAILED({ what: 'millrace doctor', reason });
      const { fits, problems, estimates } = said.fit;
      const serious = problems.filter(({ severity }) => severity === 'error');
      if (!fits) {
        throw errors.BUNDLE_UNFIT({
          problems: serious.map(({ text }) => text),
          help: [...new Set(serious.map(({ hint }) => hint))],
        });
      }
      const { models = [], ...others } = estimates ?? {};
      const latencies = models.flatMap(({ tier, latencyMs }) => latencyMs[tier] ?? []);
      return { ...others, ...(latencies.length > 0 && { modelMs: Math.max(...latencies) }) };
    },
    async test(directory, signal) {
      const args = ['bundle', 'test', directory, '--json', '--user-dir', userDir];
      const failures: string[] = [];
      let more = 0;
      // A bundle may bring any number of tests, and nodes that write what they like.
      const onLine = (line: string) => {
        const { success, data } = testSaid.safeParse(json(line));
        if (!success) return;
        const name = data.test ?? data.name ?? data.model ?? 'a test';
        const why = data.error ? ` (${data.error.message})` : '';
        if (failures.length < TOLD) failures.push(`${name}${why}`.slice(0, LONGEST));
        else more++;
      };
      const { code, reason } = await runJudge({ ...own, args, patience: limits.test.value, onLine, signal });
      if (code === 0) return;
      if (more > 0) failures.push(`and ${more} more`);
      if (failures.length > 0) throw errors.BUNDLE_TESTS_FAILED({ failures });
      throw errors.JUDGE_FAILED({ what: 'millrace bundle test', reason });
    },
  };
}

function json(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
