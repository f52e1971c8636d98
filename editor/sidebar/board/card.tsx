import { useMemo, useState } from 'preact/hooks';
import type { BoardView } from '../../../runtime/messages/index.ts';
import { BOARD_WORDS, pinWords } from '../../look/board-words.ts';
import { Card } from '../card.tsx';
import { Chips } from './chips.tsx';
import { Picture } from './picture.tsx';
import { Pins } from './pins.tsx';
import { World } from './world.tsx';

interface BoardCardProps {
  readonly latest: BoardView;
  /** How long ago the latest view was made, ms. */
  readonly age: number;
}

/** The board: a picture of it with what its pins do, a table of the same, and its virtual world. */
export function BoardCard({ latest, age }: BoardCardProps) {
  // Much is drawn, and the other cards change more often: it is drawn anew when the board says something new, or is away longer.
  const away = latest.connected ? 0 : Math.round(age / 1000) * 1000;
  return useMemo(() => <Bench latest={latest} age={away} />, [latest, away]);
}

function Bench({ latest, age }: BoardCardProps) {
  const [chosen, choose] = useState<string>();
  const { board, connected, pins, hardware, actuators = [], chips = [] } = latest;
  const pointedAt = pins.find(({ pin }) => pin === chosen);
  return (
    // One that nobody named is called by what it is.
    <Card
      title={BOARD_WORDS.title}
      view={{ ...latest, name: board }}
      aside={hardware && BOARD_WORDS.hardware[hardware]}
    >
      {!connected && <Away view={latest} age={age} />}
      <Picture view={latest} chosen={chosen} choose={choose} />
      <p class="millrace-pointed" aria-hidden="true">
        {pointedAt ? pinWords(pointedAt) : pins.length > 0 ? BOARD_WORDS.point : BOARD_WORDS.noPins}
      </p>
      <Pins {...{ pins, actuators, chosen, choose }} />
      <Chips chips={chips} />
      <World view={latest} />
    </Card>
  );
}

/** A board that nothing is known against is being connected for the first time. */
function awayWords(ms: number | undefined, isWrong: boolean): string {
  if (!isWrong) return BOARD_WORDS.connecting;
  return ms === undefined ? BOARD_WORDS.away : BOARD_WORDS.awayFor(ms);
}

/** What is wrong, since when, and what to do. */
function Away({ view: { since, time, problem }, age }: { readonly view: BoardView; readonly age: number }) {
  return (
    <div class="millrace-problem" role="status">
      <strong>
        {awayWords(since === undefined ? undefined : Math.max(0, time - since) + age, problem !== undefined)}
      </strong>
      {problem && (
        <>
          <p>{problem.message}</p>
          <p class="millrace-hint">{problem.hint}</p>
        </>
      )}
    </div>
  );
}
