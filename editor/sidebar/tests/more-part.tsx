import type { FlowTest } from '../../../runtime/messages/index.ts';
import { TEST_WORDS as WORDS } from '../../look/test-words.ts';
import { Field } from './field.tsx';
import { Problems, type RowProblems } from './row-problems.tsx';
import { parseAmount, showDuration } from './amounts.ts';

interface MorePartProps {
  readonly test: FlowTest;
  readonly problems: RowProblems;
  change(part: Partial<FlowTest>): void;
}

/** What most tests leave as it is. */
export function MorePart({ test: { about, duration, errors }, problems, change }: MorePartProps) {
  const isSaid = about !== undefined || duration !== undefined || errors === 'ignore';
  return (
    <details open={isSaid}>
      <summary>{WORDS.moreHead}</summary>
      <label>
        <span>{WORDS.about}</span>
        <textarea
          rows={2}
          value={about ?? ''}
          onInput={({ currentTarget }) => change({ about: currentTarget.value || undefined })}
        />
      </label>
      <div class="millrace-span">
        <span>{WORDS.lasts}</span>
        <Field
          label={WORDS.lasts}
          value={duration}
          show={showDuration}
          parse={parseAmount}
          placeholder={WORDS.lastsPlaceholder}
          change={(next) => change({ duration: next })}
        />
      </div>
      <label class="millrace-check">
        <input
          type="checkbox"
          checked={errors === 'ignore'}
          onChange={({ currentTarget }) => change({ errors: currentTarget.checked ? 'ignore' : 'fail' })}
        />
        <span>{WORDS.errors}</span>
      </label>
      <Problems problems={problems} />
    </details>
  );
}
