import { existsSync } from 'node:fs';
import type { Clock } from '../../base/index.ts';
import type { BundleNeeds } from '../../bundle/index.ts';
import { type Board, createBoards } from '../../devices/index.ts';
import type { BoardProfile, MachineProfile } from '../../messages/index.ts';
import { isListed, isPort } from '../serial-port.ts';

/** Where a board may be. */
export type BoardPlace = Pick<BundleNeeds['boards'][number], 'kind' | 'port' | 'baud'>;

/** ms that a board gets to start and to answer. */
const PATIENCE = 10_000;

/**
 * Where boards are to be asked: those that a bundle names, or every port that names a product; one that does not may be the
 * console of the machine. Left alone are ports that cannot be opened, and what is known already.
 */
export function placesToAsk(
  { ports }: Pick<MachineProfile['serial'], 'ports'>,
  known: readonly BoardProfile[],
  named?: readonly BoardPlace[],
): readonly BoardPlace[] {
  const isKnown = (port: string) => known.some((board) => board.port === port);
  const free = ports.filter(
    (found) => found.problem === undefined && !known.some((board) => isPort(found, board.port)),
  );
  if (!named) return free.filter(({ label }) => label.endsWith(')')).map(({ port }) => ({ kind: 'serial', port }));
  return named.filter(({ kind, port = '' }) => {
    if (port === '' || port.includes('${') || isKnown(port)) return false;
    return kind === 'tcp' || (isListed(port) ? free.some((each) => isPort(each, port)) : existsSync(port));
  });
}

/** What boards say of themselves. Opening its port restarts many a board. One that another program holds is not asked. */
export async function askBoards(places: readonly BoardPlace[], clock: Clock): Promise<readonly BoardProfile[]> {
  const boards = createBoards({ clock });
  try {
    await Promise.all(places.map((place, index) => ask(boards.open(`doctor-${index}`, settingsOf(place)), clock)));
    return boards.profiles();
  } finally {
    await boards.close();
  }
}

function settingsOf({ kind, port = '', baud }: BoardPlace) {
  const name = 'doctor';
  if (kind !== 'tcp') return { name, kind: 'serial' as const, port, ...(baud !== undefined && { baud }) };
  const colon = port.lastIndexOf(':');
  return { name, kind: 'tcp' as const, host: port.slice(0, colon), tcpPort: Number(port.slice(colon + 1)) };
}

/** Resolves when the board is connected, or will not be. */
async function ask(opening: Promise<Board>, clock: Clock): Promise<void> {
  const board = await opening.catch(() => undefined);
  if (!board || board.state().connected) return;
  await new Promise<void>((resolve) => {
    const end = () => {
      timer.cancel();
      unlisten();
      resolve();
    };
    const timer = clock.after(PATIENCE, end);
    const unlisten = board.onState(({ connected }) => connected && end());
  });
}
