import { type Clock, systemClock } from '../../base/index.ts';
import { createBoards, serialProblem } from '../../devices/index.ts';
import { measureTiers, prunableLibraries } from '../../inference/index.ts';
import type { BoardProfile, MachineProfile } from '../../messages/index.ts';
import { memoryCeiling, startProcess } from '../../workers/index.ts';
import { brokenAddons } from './addons.ts';
import { askBoards, type BoardPlace, placesToAsk } from './ask-boards.ts';
import { clockProfile } from './clock.ts';
import { diskProfile, temporaryProblem } from './disk.ts';
import { installationProfile } from './installation.ts';
import { listeningPorts } from './listeners.ts';
import { memoryProfile } from './memory.ts';
import { installedNodeTypes } from './node-types.ts';
import { ownProcesses } from './own-processes.ts';
import { settingNames } from './setting-names.ts';
import { processorProfile } from './processor.ts';
import { systemProfile } from './system.ts';
import { userDirProfile } from './user-directory.ts';
import { userProfile } from './user.ts';

export interface ProfileOptions {
  readonly userDir: string;
  readonly clock?: Clock;
  /** What is known of boards without asking them, such as of those that a running flow uses. */
  readonly boards?: readonly BoardProfile[];
  /** Asks boards what they can do: these, or all on serial ports. Opening its port restarts many a board. */
  readonly askBoards?: readonly BoardPlace[] | 'all';
  /** Bytes that a flow may take here; default: as `millrace run` takes it of itself. */
  readonly ceiling?: number;
  /** Told what is measured next, in words. */
  readonly onProgress?: (what: string) => void;
}

/**
 * What this machine is and has, and how quick it is. Takes a few seconds. Nothing is changed: what is written to measure the
 * disk is removed, no board is opened unless that is asked for, and models run in processes of their own.
 */
export async function profileOf({
  userDir,
  clock = systemClock,
  boards: known = [],
  askBoards: asked = [],
  ceiling = memoryCeiling(),
  onProgress,
}: ProfileOptions): Promise<MachineProfile> {
  onProgress?.('the machine');
  const own = await ownProcesses();
  // Before the children that measure take their part.
  const memory = await memoryProfile(own, ceiling);
  const [
    installation,
    system,
    cpu,
    user,
    directory,
    clockState,
    ports,
    serial,
    nodeTypes,
    foreign,
    temporary,
    settings,
  ] = await Promise.all([
    installationProfile(),
    systemProfile(),
    processorProfile(),
    userProfile(),
    userDirProfile(userDir),
    clockProfile(),
    listeningPorts(own),
    serialProfile(clock),
    installedNodeTypes(userDir),
    prunableLibraries(),
    temporaryProblem(),
    settingNames(userDir),
  ]);
  const places = placesToAsk(serial, known, asked === 'all' ? undefined : asked);
  if (places.length > 0) onProgress?.('what the boards can do');
  const boards = [...known, ...(await askBoards(places, clock))];
  onProgress?.('packages of the user directory');
  const addons = await brokenAddons(userDir);
  onProgress?.('the disk');
  const disk = await diskProfile(userDir);
  onProgress?.('how quickly it runs models');
  const startMs = await emptyStart(clock);
  const tiers = await measureTiers();
  const tier = process.env['MILLRACE_TIER'];
  return {
    format: 1,
    measured: clock.now(),
    ...installation,
    system,
    cpu,
    memory,
    user,
    userDir: directory,
    disk,
    ...(temporary !== undefined && { temporaryProblem: temporary }),
    tiers,
    ...(tier !== undefined && tier !== '' && { tier }),
    startMs,
    serial,
    boards,
    clock: clockState,
    ports,
    brokenAddons: addons,
    nodeTypes,
    settings,
    foreignLibraryBytes: foreign.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

async function serialProfile(clock: Clock): Promise<MachineProfile['serial']> {
  const boards = createBoards({ clock });
  try {
    const problem = await serialProblem();
    const ports = await boards.ports().catch(() => []);
    return { ports, ...(problem !== undefined && { problem }) };
  } finally {
    await boards.close();
  }
}

/** ms until a process that does nothing has ended; the quicker of two, since the first may have to read it from the disk. */
async function emptyStart(clock: Clock): Promise<number> {
  let quickest = Infinity;
  for (let round = 0; round < 2; round++) {
    const begun = clock.monotonic();
    const child = await startProcess({ name: 'empty process', command: process.execPath, args: ['-e', '0'] });
    await child.ended;
    quickest = Math.min(quickest, clock.monotonic() - begun);
  }
  return quickest;
}
