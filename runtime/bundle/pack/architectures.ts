import { errors } from '../errors.ts';
import type { Findings } from './findings.ts';
import type { GatheredPackages } from './packages/gather-packages.ts';

const ARCHITECTURE = /^(any|(linux|darwin|win32)-[a-z0-9]+)$/;

/** For which machines a bundle is: those that were asked for, else those that its packages were built for, else all. */
export function architecturesOf(
  asked: readonly string[] | undefined,
  { platforms, packages }: Pick<GatheredPackages, 'platforms' | 'packages'>,
  findings: Findings,
): string[] {
  const native = packages.filter((each) => each.native).map(({ name }) => name);
  const wanted = [...new Set(asked ?? [])].sort();
  const unknown = wanted.find((each) => !ARCHITECTURE.test(each));
  if (unknown !== undefined) findings.problem(errors.ARCHITECTURE_UNKNOWN({ architecture: unknown }));
  if (!platforms) return wanted.length === 0 ? ['any'] : wanted;
  const there = [...platforms].sort();
  const lacking = wanted.length === 0 && there.length === 0 ? 'any' : wanted.find((each) => !platforms.has(each));
  if (lacking !== undefined) {
    findings.problem(errors.ARCHITECTURE_NOT_BUILT({ architecture: lacking, packages: native, there }));
  }
  return wanted.length === 0 ? there : wanted;
}
