/** The button of a label that is held: the gateway is told when it goes down, each second while it stays, and when it goes up. */
import type { TruthLabel } from '../../../runtime/messages/index.ts';
import type { AskGateway } from '../../gateway.ts';
import { type Observed, observed } from '../../live/observed.ts';
import { type Trouble, troubleOf } from '../notice.tsx';

export interface Held {
  /** Id of the collect node. */
  readonly node: string;
  readonly label: TruthLabel;
  /** ms of the page's clock. */
  readonly since: number;
}

export interface HoldingState {
  readonly held?: Held;
  /** The last one was held too short for anything to be recorded. */
  readonly short?: boolean;
  readonly trouble?: Trouble;
}

export interface Holding {
  readonly state: Observed<HoldingState>;
  hold(node: string, label: TruthLabel): void;
  release(): void;
}

/** The gateway lets go three seconds after it heard the last. */
const AGAIN = 1_000;
/** Whoever lets go sooner than this has clicked. */
const CLICK = 350;

interface Page {
  now(): number;
  /** @returns what ends it */
  every(ms: number, task: () => void): () => void;
}

export function createHolding(ask: AskGateway, page: Page): Holding {
  const state = observed<HoldingState>({});
  let stop: (() => void) | undefined;
  /** One after the other: a release must not overtake what it ends. */
  let turn: Promise<void> = Promise.resolve();
  let waiting = 0;

  const tell = (node: string, label: TruthLabel | null) => {
    waiting++;
    turn = turn
      .then(() => ask(`tell/${encodeURIComponent(node)}`, { label }))
      .then(
        () => undefined,
        (error: unknown) => {
          stop?.();
          stop = undefined;
          state.set({ trouble: troubleOf(error) });
        },
      )
      .finally(() => void waiting--);
  };
  const release = () => {
    const { held } = state.value;
    stop?.();
    stop = undefined;
    if (!held) return;
    tell(held.node, null);
    state.set(page.now() - held.since < CLICK ? { short: true } : {});
  };

  return {
    state,
    hold(node, label) {
      if (state.value.held) release();
      state.set({ held: { node, label, since: page.now() } });
      tell(node, label);
      stop = page.every(AGAIN, () => {
        // A gateway that is slow to answer is not asked twice.
        if (waiting === 0) tell(node, label);
      });
    },
    release,
  };
}
