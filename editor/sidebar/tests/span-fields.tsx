import type { Expectation } from '../../../runtime/messages/index.ts';
import { TEST_WORDS as WORDS } from '../../look/test-words.ts';
import { parseAmount, parseNumber, showDuration, showNumber } from './amounts.ts';
import { Field } from './field.tsx';

interface SpanProps {
  readonly expectation: Expectation;
  set(part: Partial<Expectation>): void;
}

/** When: since a time, for so long. A test that counts samples says that instead. */
export function SpanFields({ expectation: { from, within, bySample }, set }: SpanProps) {
  return (
    <div class="millrace-span">
      <span>{WORDS.since}</span>
      <Field
        size="short"
        label={WORDS.since}
        value={from}
        show={showDuration}
        parse={parseAmount}
        placeholder={WORDS.theStart}
        change={(next) => set({ from: next })}
      />
      <span>{bySample === undefined ? WORDS.within : WORDS.bySample}</span>
      {bySample === undefined ? (
        <Field
          size="short"
          label={WORDS.within}
          value={within}
          show={showDuration}
          parse={parseAmount}
          placeholder={WORDS.toTheEnd}
          change={(next) => set({ within: next })}
        />
      ) : (
        <Field
          size="short"
          label={WORDS.bySample}
          value={bySample}
          show={showNumber}
          parse={parseNumber}
          change={(next) => set({ bySample: next })}
        />
      )}
    </div>
  );
}
