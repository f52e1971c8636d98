import type { Clock, Timer } from '../base/index.ts';
import type { BoardProfile } from '../messages/index.ts';
import { workerUrl, type WorkerThread } from '../workers/index.ts';
import { openBoard, type OpeningBoard } from './board.ts';
import { boardName } from './board-name.ts';
import { boardPlace, boardSettings, type BoardSettings, hasWorld } from './settings.ts';
import { createHolders } from './wires/holders.ts';
import { placeOf } from './wires/place.ts';
import { listPorts } from './wires/ports.ts';
import type { Board, Boards, BoardState } from './types.ts';

export interface BoardsOptions {
  readonly clock: Clock;
  /** The file that a board's worker runs. */
  readonly worker?: URL;
  /** `here`: boards run in this thread, and so in its virtual time. Default: each in its own. */
  readonly thread?: WorkerThread;
}

interface OpenedBoard extends OpeningBoard {
  /** What it has said of itself. Nothing of a board that has a world, or is not connected. */
  profile(): BoardProfile | undefined;
}

const STANDARD_ID = 'standard';
/** ms that the built-in board waits for the next node when no pin of it is in use: a redeploy keeps it. */
const LINGER = 10_000;

/** Makes the place where a process keeps its boards. Nothing is started before a board is opened. */
export function createBoards({
  clock,
  worker = workerUrl(import.meta.url, './board-worker'),
  thread = 'own',
}: BoardsOptions): Boards {
  const open = new Map<string, OpenedBoard>();
  const holders = createHolders();
  const standardListeners = new Set<(state: BoardState | undefined) => void>();
  /** A node has it: somebody who only asks what it can do is no reason to show it. */
  let standardWanted = false;
  let linger: Timer | undefined;
  let isPaused = false;
  const paused = () => isPaused;

  const forget = async (id: string) => {
    const opening = open.get(id);
    open.delete(id);
    await opening?.close();
  };

  const start = (id: string, given: BoardSettings): Promise<Board> => {
    const before = forget(id);
    // In virtual time there is no hardware: its twin takes its place.
    const settings = thread === 'here' && !hasWorld(given.kind) ? { ...given, kind: 'virtual' as const } : given;
    const place = placeOf({ board: boardName(settings), settings, clock, holders });
    let made: OpeningBoard | undefined;
    let up: Board | undefined;
    const opening: OpenedBoard = {
      profile: () => up && profileOf(up, settings),
      board: before.then(() => {
        made = openBoard({ id, settings, clock, worker, thread, paused, place, onClose });
        if (isPaused) made.hurry();
        return made.board;
      }),
      hurry: () => made?.hurry(),
      async close() {
        await before;
        await made?.close();
      },
    };
    const onClose = () => {
      if (open.get(id) === opening) open.delete(id);
    };
    open.set(id, opening);
    // A board that did not start is not kept: the next deploy tries again.
    opening.board.then((board) => (up = board), onClose);
    return opening.board;
  };

  const tellStandard = (state: BoardState | undefined) => {
    if (standardWanted) for (const listener of standardListeners) listener(state);
  };
  /** Nobody closes the built-in board, because nobody owns it: it ends when no pin of it has been in use for a while. */
  const endWhenIdle = (board: Board) => {
    const idle = () => board.state().pins.length === 0;
    const end = () => {
      if (!idle()) return;
      unlisten();
      open.delete(STANDARD_ID);
      void board.close();
      tellStandard(undefined);
      standardWanted = false;
    };
    const wait = () => {
      linger?.cancel();
      linger = clock.after(LINGER, end);
    };
    let used = false;
    const unlisten = board.onState((state) => {
      tellStandard(state);
      if (used && idle()) wait();
      used = !idle();
      if (used) linger?.cancel();
    });
    wait();
  };

  const standard = (): Promise<Board> => {
    const opened = open.get(STANDARD_ID);
    if (opened) return opened.board;
    const started = start(STANDARD_ID, boardSettings.parse({}));
    started.then(endWhenIdle, () => undefined);
    return started;
  };

  return {
    open: (id, settings) => start(id, boardSettings.parse(settings)),
    standard() {
      standardWanted = true;
      return standard();
    },
    find: (id) => (id === STANDARD_ID ? standard() : open.get(id)?.board),
    profiles: () => [...open.values()].flatMap(({ profile }) => profile() ?? []),
    ports: () => listPorts(),
    onStandardState(listener) {
      standardListeners.add(listener);
      return () => void standardListeners.delete(listener);
    },
    pause() {
      isPaused = true;
      for (const { hurry } of open.values()) hurry();
    },
    async close() {
      isPaused = true;
      await Promise.all([...open.keys()].map(forget));
      linger?.cancel();
    },
  };
}

function profileOf(board: Board, settings: BoardSettings): BoardProfile | undefined {
  const port = boardPlace(settings);
  const { connected, firmware, features, pins } = board.abilities();
  if (port === '' || !connected) return undefined;
  return { port, firmware, features, pins: pins.map(({ name, uses }) => ({ name, uses })) };
}
