import { useState } from 'preact/hooks';
import type { DeadLetterRow } from '../../../runtime/messages/index.ts';
import { letterWords, OUTBOX_WORDS as WORDS, readable } from '../../look/outbox-words.ts';
import { Button } from '../button.tsx';
import { mayWrite } from '../recordings/recordable.ts';
import { Part } from '../training/part.tsx';

interface LetterProps {
  readonly letter: DeadLetterRow;
  readonly now: number;
  sendAgain(): void;
  remove(): void;
}

/** A message that was refused: which, why, and what stands in it. */
export function Letter({ letter, now, sendAgain, remove }: LetterProps) {
  const { code, reason, body, again } = letter;
  const [asking, setAsking] = useState(false);
  const which = letterWords(letter, now);
  return (
    <li aria-label={which}>
      <strong>{which}</strong>
      <p>{reason}</p>
      <p class="millrace-quiet">
        <code>{code}</code>
        {again && ` · ${WORDS.again}`}
      </p>
      <Part title={WORDS.body}>
        <pre tabIndex={0}>{readable(body)}</pre>
      </Part>
      {mayWrite() && !asking && (
        <div class="millrace-actions">
          {!again && <Button icon="repeat" label={WORDS.sendAgain} act={sendAgain} />}
          <Button icon="trash-o" label={WORDS.remove} act={() => setAsking(true)} />
        </div>
      )}
      {asking && (
        <div class="millrace-actions" role="group" aria-label={WORDS.reallyRemove}>
          <span>{WORDS.reallyRemove}</span>
          <Button icon="trash-o" label={WORDS.remove} act={remove} />
          <Button icon="undo" label={WORDS.keep} act={() => setAsking(false)} />
        </div>
      )}
    </li>
  );
}
