import type { Clock } from '../../base/index.ts';
import { type Board, createBoards } from '../../devices/index.ts';
import type { MachineProfile } from '../../messages/index.ts';

type Port = MachineProfile['serial']['ports'][number];

/** ms that a board gets to start and to answer. */
const PATIENCE = 10_000;

/**
 * Asks what is plugged in what it can do. A port that names no product is left alone: it may be the console of the machine. So is
 * one that another program holds, as the flow that runs does.
 */
export async function askBoards(ports: readonly Port[], clock: Clock): Promise<Port[]> {
  return Promise.all(
    ports.map(async (port) => {
      if (port.problem !== undefined || !port.label.endsWith(')')) return port;
      const board = await askBoard(port.port, clock);
      return board ? { ...port, board } : port;
    }),
  );
}

/** Nothing where no Firmata board answers at the usual speed. */
export async function askBoard(port: string, clock: Clock): Promise<Port['board']> {
  const boards = createBoards({ clock });
  try {
    const board = await boards.open('doctor', { name: 'doctor', kind: 'serial', port });
    if (!(await connected(board, clock))) return undefined;
    const { firmware, features } = board.abilities();
    return { firmware, features };
  } catch {
    return undefined;
  } finally {
    await boards.close();
  }
}

async function connected(board: Board, clock: Clock): Promise<boolean> {
  if (board.state().connected) return true;
  return await new Promise<boolean>((resolve) => {
    const end = (answered: boolean) => {
      timer.cancel();
      unlisten();
      resolve(answered);
    };
    const timer = clock.after(PATIENCE, () => end(false));
    const unlisten = board.onState((state) => {
      if (state.connected) end(true);
    });
  });
}
