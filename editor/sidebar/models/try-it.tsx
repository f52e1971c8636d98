import { useMemo, useState } from 'preact/hooks';
import type { ModelCard, TryAnswer } from '../../../runtime/messages/index.ts';
import { MODEL_WORDS as WORDS } from '../../look/model-words.ts';
import { duration } from '../../look/numbers.ts';
import { Button } from '../button.tsx';
import { Notice, type Trouble, troubleOf } from '../notice.tsx';
import { mayWrite } from '../recordings/recordable.ts';
import { Answer } from './answer.tsx';
import { Contributions } from './contributions.tsx';
import { readForm, tryForm } from './try-input.ts';
import { TryFieldInput } from './try-field.tsx';

interface TryItProps {
  readonly card: ModelCard;
  /** @throws {Refused} */
  ask(input: unknown): Promise<TryAnswer>;
}

/** Asks a model without a flow: a form made from its inputs, filled with an example. */
export function TryIt({ card, ask }: TryItProps) {
  const form = useMemo(() => tryForm(card), [card.name, card.version.version]);
  const [values, setValues] = useState(form.values);
  const [picture, setPicture] = useState<File>();
  const [asking, setAsking] = useState(false);
  const [answer, setAnswer] = useState<TryAnswer>();
  const [trouble, setTrouble] = useState<Trouble>();
  const isPicture = form.fields[0]?.kind === 'picture';

  const wanted = (): unknown => {
    if (isPicture) {
      if (!picture) throw new Error(WORDS.pictureMissing);
      return picture;
    }
    const read = readForm(form, values);
    if ('wrong' in read) throw new Error(form.fields[0]?.kind === 'json' ? WORDS.notJson : WORDS.notNumber(read.wrong));
    return read.input;
  };
  const submit = async () => {
    setAsking(true);
    try {
      setAnswer(await ask(wanted()));
      setTrouble(undefined);
    } catch (error) {
      setAnswer(undefined);
      setTrouble(troubleOf(error));
    }
    setAsking(false);
  };
  if (!mayWrite()) return null;
  return (
    <details class="millrace-try">
      <summary>{WORDS.tryIt}</summary>
      <form
        class="millrace-editor"
        aria-label={WORDS.tryIt}
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <div class="millrace-try-fields">
          {form.fields.map((field) => (
            <TryFieldInput
              key={field.name}
              field={field}
              value={values[field.name] ?? ''}
              change={(value) => setValues({ ...values, [field.name]: value })}
              choose={setPicture}
            />
          ))}
        </div>
        <div class="millrace-actions">
          <Button
            icon="play"
            label={asking ? WORDS.asking : WORDS.ask}
            main
            disabled={asking}
            act={() => void submit()}
          />
        </div>
      </form>
      <Notice trouble={trouble} />
      <div role="status">
        {answer && (
          <>
            <Answer prediction={answer.prediction} />
            <p class="millrace-quiet">{WORDS.answered(duration(answer.latencyMs))}</p>
            {answer.explanation && <Contributions explanation={answer.explanation} />}
          </>
        )}
      </div>
    </details>
  );
}
