/** A user directory is used by one at a time: a studio, a gateway, or a run of a bundle. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { asMillraceError } from '../base/index.ts';
import { gatewayPaths } from '../rollout/index.ts';
import { type HeldFile, holdFile } from '../storage/index.ts';
import { errors } from './errors.ts';

const studioLock = (userDir: string) => join(userDir, 'millrace', 'studio.lock');
const runLock = (userDir: string) => join(userDir, 'millrace', 'run.lock');

/** Two that share outbox and registry would each send what the other one has. @throws USER_DIR_TAKEN */
export async function holdForStudio(userDir: string): Promise<HeldFile | undefined> {
  await refuseHeld(userDir, gatewayPaths(userDir).lock, 'a gateway');
  await refuseHeld(userDir, runLock(userDir), 'millrace run');
  return await hold(userDir, studioLock(userDir), 'a studio');
}

/** @throws USER_DIR_TAKEN */
export async function holdForRun(userDir: string): Promise<HeldFile | undefined> {
  await refuseStudio(userDir);
  return await hold(userDir, runLock(userDir), 'another run');
}

/** @throws USER_DIR_TAKEN */
export const refuseStudio = (userDir: string): Promise<void> => refuseHeld(userDir, studioLock(userDir), 'a studio');

async function refuseHeld(userDir: string, file: string, by: string): Promise<void> {
  // Where nobody ever was nothing is made.
  if (existsSync(file)) (await hold(userDir, file, by))?.release();
}

/** @returns nothing where the disk takes no lock: whoever goes on will say what is wrong with it */
async function hold(userDir: string, file: string, by: string): Promise<HeldFile | undefined> {
  try {
    return await holdFile(file);
  } catch (error) {
    if (asMillraceError(error).code !== 'STORE_LOCKED') return undefined;
    throw errors.USER_DIR_TAKEN({ userDir, by }, { cause: error });
  }
}
