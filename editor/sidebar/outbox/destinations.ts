/** The outbox of the gateway, as this page knows it. */
import {
  deadLettersAnswer,
  type DeadLettersAnswer,
  type DestinationRow,
  ledger,
  type Ledger,
  outboxAnswer,
  type OutboxCommand,
  outboxDone,
  type OutboxDone,
} from '../../../runtime/messages/index.ts';
import type { AskGateway } from '../../gateway.ts';
import { type Observed, observed } from '../../live/observed.ts';
import { query } from '../../query.ts';
import { attempts } from '../attempts.ts';
import type { Trouble } from '../notice.tsx';

export interface OutboxState {
  /** The gateway has answered once. */
  readonly loaded: boolean;
  readonly destinations: readonly DestinationRow[];
  /** How far the gateway's clock is ahead of the page's, ms. */
  readonly ahead: number;
  readonly bytes: number;
  readonly quota: number;
  readonly trouble?: Trouble;
}

export interface Destinations {
  readonly state: Observed<OutboxState>;
  refresh(): Promise<void>;
  /** @throws {Refused} */
  command(command: OutboxCommand): Promise<OutboxDone>;
  /** @throws {Refused} */
  letters(destination: string, after?: number): Promise<DeadLettersAnswer>;
  /** What the receiver must hold. @throws {Refused} */
  streams(destination: string): Promise<Ledger['streams']>;
}

/** @param ask asks the gateway. @param now of the page's clock, ms since the epoch */
export function createDestinations(ask: AskGateway, now: () => number): Destinations {
  const state = observed<OutboxState>({ loaded: false, destinations: [], ahead: 0, bytes: 0, quota: 0 });
  const attempt = attempts(state);
  let asking: Promise<void> | undefined;

  const take = async () => {
    const { destinations, bytes, quota, now: there } = outboxAnswer.parse(await ask('outbox'));
    state.set({
      ...state.value,
      loaded: true,
      destinations: destinations.toSorted(byNeed),
      bytes,
      quota,
      ahead: there - now(),
    });
  };
  const refresh = async () => {
    // A gateway that is slow to answer is not asked twice at a time.
    asking ??= attempt(take).then(() => void (asking = undefined));
    await asking;
  };
  return {
    state,
    refresh,
    async command(command) {
      const done = outboxDone.parse(await ask('outbox', command));
      await asking;
      await refresh();
      return done;
    },
    letters: async (destination, after) =>
      deadLettersAnswer.parse(await ask(`outbox/dead?${query({ destination, after })}`)),
    async streams(destination) {
      const { streams } = ledger.parse(await ask('outbox/ledger'));
      return streams.filter((stream) => stream.destination === destination);
    },
  };
}

/** What needs somebody first; what is alike stays where it is from one second to the next. */
function byNeed(a: DestinationRow, b: DestinationRow): number {
  const need = ({ problem, served, dead }: DestinationRow) => Number(problem !== undefined || !served || dead > 0);
  return need(b) - need(a) || nameOf(a).localeCompare(nameOf(b)) || a.id.localeCompare(b.id);
}

/** As people call it; the id only where nothing else is known. */
export const nameOf = ({ name, address, id }: DestinationRow): string => name || address || id;
