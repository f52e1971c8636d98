import { useEffect, useState } from 'preact/hooks';
import type { DeadLetterRow, DestinationRow, OutboxCommand } from '../../../runtime/messages/index.ts';
import { OUTBOX_WORDS as WORDS } from '../../look/outbox-words.ts';
import { Button } from '../button.tsx';
import { Notice, type Trouble, troubleOf } from '../notice.tsx';
import { mayWrite } from '../recordings/recordable.ts';
import type { Destinations } from './destinations.ts';
import { Letter } from './letter.tsx';

interface DeadLettersProps {
  readonly row: DestinationRow;
  readonly now: number;
  readonly outbox: Destinations;
}

/** What the destination refused: looked at, sent again, or deleted. */
export function DeadLetters({ row: { id, dead }, now, outbox }: DeadLettersProps) {
  const [letters, setLetters] = useState<readonly DeadLetterRow[]>();
  const [more, setMore] = useState(false);
  const [asking, setAsking] = useState(false);
  const [told, setTold] = useState('');
  const [trouble, setTrouble] = useState<Trouble>();
  const opened = letters !== undefined;

  const attempt = (what: Promise<void>) =>
    void what.then(
      () => setTrouble(undefined),
      (error: unknown) => setTrouble(troubleOf(error)),
    );
  const load = async (after?: number) => {
    const page = await outbox.letters(id, after);
    setLetters((before = []) => (after === undefined ? page.letters : [...before, ...page.letters]));
    setMore(page.more);
  };
  // Those that came, or were acknowledged, since they were listed.
  useEffect(() => {
    if (opened) attempt(load());
  }, [dead]);
  const command = (what: OutboxCommand) => {
    setAsking(false);
    attempt(
      outbox.command(what).then(async ({ letters: n = 0 }) => {
        setTold(what.do === 'retry' ? WORDS.retried(n) : WORDS.removed(n));
        if (opened) await load();
      }),
    );
  };

  return (
    <div class="millrace-dead" role="group" aria-label={WORDS.letters}>
      <h4>{WORDS.dead(dead)}</h4>
      <p class="millrace-quiet">{WORDS.deadHint}</p>
      <Notice trouble={trouble} />
      <div role="status">{told !== '' && <p class="millrace-quiet">{told}</p>}</div>
      {asking ? (
        <div class="millrace-actions" role="group" aria-label={WORDS.removeAll}>
          <span>{WORDS.reallyRemoveAll(dead)}</span>
          <Button icon="trash-o" label={WORDS.removeAll} act={() => command({ do: 'delete', destination: id })} />
          <Button icon="undo" label={WORDS.keep} act={() => setAsking(false)} />
        </div>
      ) : (
        <div class="millrace-actions">
          <Button
            icon={opened ? 'caret-down' : 'caret-right'}
            label={opened ? WORDS.hideDead : WORDS.showDead}
            act={() => (opened ? setLetters(undefined) : attempt(load()))}
          />
          {mayWrite() && (
            <>
              <Button icon="repeat" label={WORDS.sendAllAgain} act={() => command({ do: 'retry', destination: id })} />
              <Button icon="trash-o" label={WORDS.removeAll} act={() => setAsking(true)} />
            </>
          )}
        </div>
      )}
      {opened && (
        <ol class="millrace-letters">
          {letters.map((letter) => (
            <Letter
              key={letter.id}
              letter={letter}
              now={now}
              sendAgain={() => command({ do: 'retry', destination: id, letters: [letter.id] })}
              remove={() => command({ do: 'delete', destination: id, letters: [letter.id] })}
            />
          ))}
        </ol>
      )}
      {opened && more && (
        <button type="button" class="millrace-more" onClick={() => attempt(load(letters.at(-1)?.id))}>
          {WORDS.moreLetters}
        </button>
      )}
    </div>
  );
}
