import type { build, Rolldown } from 'vite';

type BuildResult = Awaited<ReturnType<typeof build>>;

/** The files that a bundler wrote. */
export function outputsOf(result: BuildResult): (Rolldown.OutputChunk | Rolldown.OutputAsset)[] {
  const outputs = (Array.isArray(result) ? result : [result]) as Rolldown.RolldownOutput[];
  return outputs.flatMap(({ output }) => output);
}

/** The files whose code went into a bundle. */
export const modulesOf = (result: BuildResult): string[] =>
  outputsOf(result).flatMap((part) => (part.type === 'chunk' ? part.moduleIds : []));
