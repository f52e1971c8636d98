import { join } from 'node:path';
import type { Clock } from '../base/index.ts';
import { versionAt } from '../bundle/index.ts';
import { readSecretFile, writeSecretFile } from '../keys/index.ts';
import { errors } from './errors.ts';

export interface ReleaseVersions {
  /**
   * The version of the studio's next release: at least the minutes since 2020, so that a studio that lost its files still goes
   * on above what it gave before, and always one more than the last.
   *
   * @throws STUDIO_FILE_DAMAGED, KEY_FILE_UNREADABLE
   */
  next(): Promise<number>;
}

export function createReleaseVersions(directory: string, clock: Clock): ReleaseVersions {
  const file = join(directory, 'release-version.json');
  /** Two releases that are signed at once read one after the other what was given last. */
  let turn: Promise<unknown> = Promise.resolve();

  const next = async () => {
    const last = lastOf(file, await readSecretFile(file));
    const version = Math.max(versionAt(clock.now()), last + 1, 1);
    // On disk before it is used: of two releases with one version a gateway takes the first only.
    await writeSecretFile(file, `${JSON.stringify({ format: 1, version })}\n`);
    return version;
  };
  return {
    next() {
      const given = turn.then(next);
      turn = given.catch(() => undefined);
      return given;
    },
  };
}

function lastOf(file: string, text: string | undefined): number {
  if (text === undefined) return 0;
  try {
    const { format, version } = JSON.parse(text) as Record<string, unknown>;
    if (format !== 1 || !Number.isSafeInteger(version)) throw new Error('not of format 1');
    return version as number;
  } catch (cause) {
    throw errors.STUDIO_FILE_DAMAGED({ file, reason: (cause as Error).message }, { cause });
  }
}
