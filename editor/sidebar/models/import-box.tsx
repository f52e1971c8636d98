import type { ImportAnswer } from '../../../runtime/messages/index.ts';
import { MODEL_WORDS as WORDS } from '../../look/model-words.ts';
import { Button } from '../button.tsx';
import { Notice } from '../notice.tsx';
import { mayWrite } from '../recordings/recordable.ts';
import { useObserved } from '../use-observed.ts';
import { DropZone } from './drop-zone.tsx';
import type { Importing } from './importing.ts';
import { ProposalForm } from './proposal-form.tsx';

interface ImportBoxProps {
  readonly importing: Importing;
  added?(answer: ImportAnswer): void;
}

/** Where a model comes in: choose or drop its file, look at what it is, import it. */
export function ImportBox({ importing, added }: ImportBoxProps) {
  const { busy, file, answer, trouble } = useObserved(importing.state);
  const take = (files: readonly File[]) => void importing.take(files);
  if (!mayWrite()) return <p class="millrace-quiet">{WORDS.readOnly}</p>;
  const missing = answer?.missing ?? [];
  return (
    <div class="millrace-import">
      {!answer && busy === undefined && <DropZone label={WORDS.import} many take={take} />}
      <div role="status">{busy === 'reading' && <div class="millrace-link">{WORDS.reading(file ?? '')}</div>}</div>
      {!answer?.proposal && <Notice trouble={trouble} />}
      {answer && missing.length > 0 && busy === undefined && (
        <section class="millrace-card">
          <p>{WORDS.missing}</p>
          <p>
            <b>{missing.join(', ')}</b>
          </p>
          <DropZone label={WORDS.chooseFile} hint="" many take={take} />
          <Button icon="undo" label={WORDS.discard} act={() => importing.discard()} />
        </section>
      )}
      {answer?.proposal && (
        <ProposalForm
          importing={importing}
          proposal={answer.proposal}
          submit={() => {
            void importing.add().then((done) => done && added?.(done));
          }}
        />
      )}
    </div>
  );
}
