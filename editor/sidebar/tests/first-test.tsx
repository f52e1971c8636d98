import { TEST_WORDS as WORDS } from '../../look/test-words.ts';
import { labelOf } from '../recordings/recordable.ts';
import type { Recordings } from '../recordings/recordings.ts';
import { useSelection } from '../recordings/use-selection.ts';
import { draftFrom } from './draft-from.ts';
import { newDraft } from './draft.ts';
import type { Tests } from './tests.ts';

/** s */
const LONG_ENOUGH = 20;

interface FirstTestProps {
  readonly tests: Tests;
  readonly recordings: Recordings;
  /** There is no test at all. */
  readonly none: boolean;
}

/** The shortest way to a test of one's own: one button records, the form then only asks what must happen. */
export function FirstTest({ tests, recordings, none }: FirstTestProps) {
  const [node, other] = useSelection();
  const one = node && !other ? node : undefined;
  const begin = async () => {
    if (!one) return;
    const begun = await recordings.record({ node: one.id, name: labelOf(one), seconds: LONG_ENOUGH });
    // What went wrong stands among the recordings' troubles; the form shows it.
    if (begun) tests.draft.set(draftFrom({ name: begun.recording, title: labelOf(one), format: 'jsonl', files: 1 }));
    else tests.draft.set(newDraft());
  };
  return (
    <div class="millrace-empty millrace-first">
      <strong>{none ? WORDS.none : WORDS.noneOwn}</strong>
      <p>{WORDS.noneHint}</p>
      <div class="millrace-record">
        <button
          type="button"
          class="millrace-button millrace-button-record"
          disabled={one === undefined}
          onClick={() => void begin()}
        >
          <i class="fa fa-circle" aria-hidden="true" /> {WORDS.first(one ? labelOf(one) : WORDS.thatNode)}
        </button>
        {one === undefined && <p class="millrace-quiet">{WORDS.select}</p>}
      </div>
      <p>
        <button type="button" class="millrace-more" onClick={() => tests.draft.set(newDraft())}>
          {WORDS.blank}
        </button>
      </p>
    </div>
  );
}
