import type { Expectation } from '../../../runtime/messages/index.ts';
import type { Store } from '../../live/store.ts';
import { EXPECTS, HOW_WORDS, TEST_WORDS as WORDS } from '../../look/test-words.ts';
import { IconButton } from '../button.tsx';
import { HOWS, howOf, withExpect, withHow, type How } from './comparison.ts';
import { expectationAt } from './expectation-at.ts';
import { Choice, Field } from './field.tsx';
import { type FlowNode, nodeNamed } from './flow-nodes.ts';
import { Problems, type RowProblems } from './row-problems.tsx';
import { propertiesOf, valuesOf } from './suggestions.ts';
import { parseAmount, parseNumber, showAmount, showDuration, showNumber } from './amounts.ts';
import { parseValue, showValue } from '../../look/value.ts';

interface ExpectRowProps {
  readonly expectation: Expectation;
  readonly nodes: readonly FlowNode[];
  readonly store: Store;
  readonly problems: RowProblems;
  change(next?: Expectation): void;
}

/** One thing that must happen: who, what, how, when. */
export function ExpectRow({ expectation, nodes, store, problems, change }: ExpectRowProps) {
  const { node: key, output, input, expect, property } = expectation;
  const node = nodeNamed(nodes, key);
  const set = (part: Partial<Expectation>) => change({ ...expectation, ...part });
  const speaks = expect !== 'error' && expect !== 'status';
  const ofValue = speaks && expect !== 'nothing' && expect !== 'count';
  return (
    <li class="millrace-row">
      <div>
        <Choice
          label={WORDS.node}
          value={node?.key ?? key}
          options={nodes.map((each) => [each.key, each.label])}
          change={(next) => change(expectationAt(store, nodes, next, expectation))}
        />
        {speaks && node && node.inputs + node.outputs > 1 && (
          <Choice
            label={WORDS.port}
            value={input ? 'input' : String(output)}
            options={portsOf(node)}
            change={(port) => {
              const { input: _old, ...rest } = expectation;
              change(port === 'input' ? { ...rest, output: 1, input: true } : { ...rest, output: Number(port) });
            }}
          />
        )}
        <IconButton icon="times" label={WORDS.removeRow} act={() => change()} />
      </div>
      <div>
        {ofValue && (
          <Field
            label={WORDS.property}
            value={property}
            show={(path) => path}
            parse={(text) => text.trim()}
            offers={node ? propertiesOf(store, node) : []}
            change={(next) => set({ property: next })}
          />
        )}
        <Choice
          label={WORDS.what}
          value={expect}
          options={EXPECTS}
          change={(next) => change(withExpect(expectation, next as Expectation['expect']))}
        />
      </div>
      <Comparison expectation={expectation} offers={node ? valuesOf(store, node, property) : []} change={change} />
      {expect === 'error' && (
        <div>
          <Field
            label={WORDS.code}
            value={expectation.code}
            show={(code) => code ?? ''}
            parse={(text) => text.trim() || undefined}
            placeholder={WORDS.anyCode}
            change={(code) => set({ code })}
          />
        </div>
      )}
      <Span expectation={expectation} set={set} />
      <Problems problems={problems} />
    </li>
  );
}

const portsOf = ({ inputs, outputs }: FlowNode): (readonly [string, string])[] => [
  ...Array.from(
    { length: outputs },
    (_, index) => [String(index + 1), outputs === 1 ? WORDS.itsOutput : WORDS.output(index + 1)] as const,
  ),
  ...(inputs > 0 ? [['input', WORDS.input] as const] : []),
];

interface ComparisonProps {
  readonly expectation: Expectation;
  readonly offers: readonly string[];
  change(next: Expectation): void;
}

function Comparison({ expectation, offers, change }: ComparisonProps) {
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

interface SpanProps {
  readonly expectation: Expectation;
  set(part: Partial<Expectation>): void;
}

/** When: since a time, for so long. A test that counts samples says that instead. */
function Span({ expectation: { from, within, bySample }, set }: SpanProps) {
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
