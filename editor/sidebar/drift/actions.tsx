import { useState } from 'preact/hooks';
import { openPage } from '../../gateway.ts';
import { DRIFT_WORDS as WORDS } from '../../look/drift-words.ts';
import { Button } from '../button.tsx';
import { Notice, type Trouble, troubleOf } from '../notice.tsx';
import { mayWrite } from '../recordings/recordable.ts';
import { isThere } from '../reveal.ts';
import { reportPath, type Streams } from './streams.ts';

interface ActionsProps {
  readonly node: string;
  readonly streams: Streams;
}

/** The page to print, and the reference learnt anew. */
export function Actions({ node, streams }: ActionsProps) {
  const [asking, setAsking] = useState(false);
  const [told, setTold] = useState(false);
  const [trouble, setTrouble] = useState<Trouble>();
  const attempt = (what: Promise<void>, done: () => void = () => undefined) =>
    void what.then(
      () => {
        setTrouble(undefined);
        done();
      },
      (error: unknown) => setTrouble(troubleOf(error)),
    );
  const relearn = () => {
    setAsking(false);
    attempt(streams.relearn(node), () => {
      setTold(true);
      void streams.refresh();
    });
  };
  return (
    <>
      <Notice trouble={trouble} />
      <div role="status">{told && <p class="millrace-quiet">{WORDS.relearning}</p>}</div>
      {asking ? (
        <div class="millrace-actions" role="group" aria-label={WORDS.relearn}>
          <span>{WORDS.reallyRelearn}</span>
          <Button icon="graduation-cap" label={WORDS.doRelearn} act={relearn} />
          <Button icon="undo" label={WORDS.keep} act={() => setAsking(false)} />
        </div>
      ) : (
        <div class="millrace-actions">
          <Button icon="print" label={WORDS.report} act={() => attempt(openPage(reportPath(node)))} />
          {mayWrite() && isThere(node) && (
            <Button icon="graduation-cap" label={WORDS.relearn} act={() => setAsking(true)} />
          )}
        </div>
      )}
    </>
  );
}
