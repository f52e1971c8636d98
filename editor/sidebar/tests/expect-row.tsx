import type { Expectation } from '../../../runtime/messages/index.ts';
import type { Store } from '../../live/store.ts';
import { EXPECTS, TEST_WORDS as WORDS } from '../../look/test-words.ts';
import { IconButton } from '../button.tsx';
import { withExpect } from './comparison.ts';
import { ComparisonFields } from './comparison-fields.tsx';
import { expectationAt } from './expectation-at.ts';
import { Choice, Field } from './field.tsx';
import { type FlowNode, nodeNamed } from './flow-nodes.ts';
import { Problems, type RowProblems } from './row-problems.tsx';
import { SpanFields } from './span-fields.tsx';
import { propertiesOf, valuesOf } from './suggestions.ts';

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
      <ComparisonFields
        expectation={expectation}
        offers={node ? valuesOf(store, node, property) : []}
        change={change}
      />
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
      <SpanFields expectation={expectation} set={set} />
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
