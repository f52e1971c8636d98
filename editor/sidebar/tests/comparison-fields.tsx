import type { Expectation } from '../../../runtime/messages/index.ts';
import { HOW_WORDS, TEST_WORDS as WORDS } from '../../look/test-words.ts';
import { parseValue, showValue } from '../../look/value.ts';
import { parseAmount, parseNumber, showAmount, showNumber } from './amounts.ts';
import { HOWS, howOf, withHow, type How } from './comparison.ts';
import { Choice, Field } from './field.tsx';

interface ComparisonProps {
  readonly expectation: Expectation;
  readonly offers: readonly string[];
  change(next: Expectation): void;
}

/** How the value must be. */
export function ComparisonFields({ expectation, offers, change }: ComparisonProps) {
  const hows = HOWS[expectation.expect];
  if (hows.length === 0) return null;
  const how = howOf(expectation);
  const set = (part: Partial<Expectation>) => change({ ...expectation, ...part });
  const numberOf = (name: 'near' | 'above' | 'below' | 'atLeast' | 'atMost', label: string) => (
    <Field
      size="short"
      label={label}
      value={expectation[name]}
      show={showNumber}
      parse={parseNumber}
      // A number that is being typed anew is still the one that is meant.
      change={(next) => set({ [name]: next ?? NaN })}
    />
  );
  return (
    <div>
      <Choice
        label={WORDS.how}
        value={how}
        options={hows.map((each) => [each, HOW_WORDS[each]])}
        change={(next) => change(withHow(expectation, next as How))}
      />
      {how === 'is' && (
        <Field
          label={WORDS.value}
          value={expectation.is}
          show={showValue}
          parse={parseValue}
          offers={offers}
          change={(is) => set({ is })}
        />
      )}
      {how === 'matches' && (
        <Field
          label={WORDS.value}
          value={expectation.matches}
          show={(text) => text ?? ''}
          parse={(text) => text}
          change={(matches) => set({ matches })}
        />
      )}
      {how === 'near' && (
        <>
          {numberOf('near', WORDS.value)} ±
          <Field
            size="short"
            label={WORDS.tolerance}
            value={expectation.tolerance}
            show={showAmount}
            parse={parseAmount}
            placeholder="0"
            change={(tolerance) => set({ tolerance })}
          />
        </>
      )}
      {(how === 'above' || how === 'between') && numberOf('above', WORDS.value)}
      {(how === 'atLeast' || how === 'some') && numberOf('atLeast', WORDS.value)}
      {(how === 'between' || how === 'some') && <span>{WORDS.and}</span>}
      {(how === 'below' || how === 'between') && numberOf('below', WORDS.value)}
      {(how === 'atMost' || how === 'some') && numberOf('atMost', WORDS.value)}
    </div>
  );
}
