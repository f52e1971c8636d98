import { join } from 'node:path';
import type { Root } from '../../keys/index.ts';
import type { ReleaseFacts } from '../../messages/index.ts';
import { gatewayPaths } from '../supervisor/paths.ts';
import { haveCommon, readFloor } from './floor.ts';

/**
 * The newest release that ever held on the gateway of a user directory, running or not: it takes none that is older.
 *
 * @returns nothing where there was none, or its signers are others than the root's
 */
export async function newestHeld(userDir: string, { roles }: Root): Promise<ReleaseFacts | undefined> {
  const newest = await readFloor(join(gatewayPaths(userDir).directory, 'newest.json'));
  const trusted = roles.release.keys.map(({ id }) => id);
  return newest && haveCommon(newest.keys, trusted) ? newest : undefined;
}
