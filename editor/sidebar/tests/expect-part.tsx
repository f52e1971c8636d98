import type { Expectation, FlowTest } from '../../../runtime/messages/index.ts';
import type { Store } from '../../live/store.ts';
import { expectationWords, TEST_WORDS as WORDS } from '../../look/test-words.ts';
import { Button } from '../button.tsx';
import { useSelection } from '../recordings/use-selection.ts';
import { changed } from './draft.ts';
import { expectationAt } from './expectation-at.ts';
import { ExpectRow } from './expect-row.tsx';
import { type FlowNode, nodeNamed } from './flow-nodes.ts';
import { problemsAt } from './row-problems.tsx';
import { suggestionsOf } from './suggestions.ts';

interface ExpectPartProps {
  readonly test: FlowTest;
  readonly nodes: readonly FlowNode[];
  readonly store: Store;
  readonly problems: ReadonlyMap<string, string>;
  readonly readOnly: boolean;
  change(expect: Expectation[]): void;
}

/** What must happen; what the flow shows now is offered. */
export function ExpectPart({ test: { expect, play }, nodes, store, problems, readOnly, change }: ExpectPartProps) {
  const said = new Set(expect.map((each) => `${each.node} ${each.property}`));
  const offered = readOnly
    ? []
    : suggestionsOf(
        store,
        nodes,
        play.map(({ node }) => node),
      ).filter((each) => !said.has(`${each.node} ${each.property}`));
  const [selected] = useSelection();
  const first =
    nodes.find(({ id }) => id === selected?.id) ??
    nodes.find(({ key }) => offered.some(({ node }) => node === key)) ??
    nodes.findLast(({ outputs }) => outputs > 0);
  return (
    <section aria-label={WORDS.expectHead}>
      <h4>{WORDS.expectHead}</h4>
      {expect.length === 0 && <p class="millrace-quiet">{offered.length > 0 ? WORDS.expectNone : WORDS.expectOwn}</p>}
      <ul>
        {expect.map((each, index) => (
          <ExpectRow
            key={index}
            expectation={each}
            nodes={nodes}
            store={store}
            problems={problemsAt(problems, `expect.${index}`)}
            change={(next) => change(changed(expect, index, next))}
          />
        ))}
      </ul>
      {offered.length > 0 && (
        <div class="millrace-chips" role="group" aria-label={WORDS.suggested}>
          <span class="millrace-quiet">{WORDS.suggested}:</span>
          {offered.map((each) => (
            <button
              key={`${each.node} ${each.property} ${each.expect}`}
              type="button"
              class="millrace-chip"
              onClick={() => change([...expect, each])}
            >
              + {expectationWords(each, nodeNamed(nodes, each.node)?.label ?? each.node)}
            </button>
          ))}
        </div>
      )}
      {!readOnly && (
        <div class="millrace-actions">
          <Button
            icon="plus"
            label={WORDS.addExpect}
            act={() => change([...expect, expectationAt(store, nodes, first?.key ?? '')])}
          />
        </div>
      )}
    </section>
  );
}
