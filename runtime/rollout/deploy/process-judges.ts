import type { Judges } from './types.ts';

export interface ProcessJudgesOptions {
  /** How `millrace` is started: the command and its first arguments. */
  readonly command: readonly [string, ...string[]];
  readonly userDir: string;
}

/** Judges by `millrace doctor DIR --json` and `millrace bundle test DIR --json`, each in a process of its own with a time limit. */
export function processJudges(options: ProcessJudgesOptions): Judges {
  throw new Error(`not there yet: ${options.userDir}`);
}
