import type { build, Rolldown } from 'vite';

type BuildResult = Awaited<ReturnType<typeof build>>;

/** The files whose code went into a bundle. */
export function modulesOf(result: BuildResult): string[] {
  const outputs = (Array.isArray(result) ? result : [result]) as Rolldown.RolldownOutput[];
  return outputs.flatMap(({ output }) => output.flatMap((part) => (part.type === 'chunk' ? part.moduleIds : [])));
}
