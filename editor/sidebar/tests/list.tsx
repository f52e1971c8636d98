import { TEST_WORDS as WORDS, summaryWords } from '../../look/test-words.ts';
import { Button } from '../button.tsx';
import { Notice } from '../notice.tsx';
import { mayWrite } from '../recordings/recordable.ts';
import type { Recordings } from '../recordings/recordings.ts';
import { useObserved } from '../use-observed.ts';
import { newDraft } from './draft.ts';
import { FirstTest } from './first-test.tsx';
import { TestItem } from './item.tsx';
import type { Tests } from './tests.ts';
import { useDirty } from './use-dirty.ts';

interface ListProps {
  readonly tests: Tests;
  readonly recordings: Recordings;
}

/** Every test of the flow, and what became of it. */
export function TestList({ tests, recordings }: ListProps) {
  const { loaded, flow, tests: rows, results, waiting, trouble } = useObserved(tests.state);
  const dirty = useDirty();
  const runs = waiting.size > 0;
  // They run one after the other.
  const [first] = waiting;
  const own = rows.some(({ owner }) => owner !== 'shipped');
  const told = runs ? WORDS.left(waiting.size) : results.size > 0 ? summaryWords(results.values()) : '';
  return (
    <>
      {rows.length > 0 && (
        <>
          <p class="millrace-quiet">
            {WORDS.of} <strong>{flow}</strong>
          </p>
          <div class="millrace-toolbar">
            {mayWrite() &&
              (runs ? (
                <Button icon="stop" label={WORDS.stop} act={() => tests.stop()} />
              ) : (
                <Button icon="play" label={WORDS.runAll} main act={() => void tests.run()} />
              ))}
            {mayWrite() && <Button icon="plus" label={WORDS.make} act={() => tests.draft.set(newDraft())} />}
            {results.size > 0 && !runs && <Button icon="eraser" label={WORDS.clear} act={() => tests.forget()} />}
          </div>
        </>
      )}
      <div role="status">{told !== '' && <p class="millrace-summary">{told}</p>}</div>
      {dirty && rows.length > 0 && <p class="millrace-warn">{WORDS.dirty}</p>}
      <Notice trouble={trouble} />
      <ul class="millrace-items" aria-label={WORDS.list}>
        {rows.map((test) => (
          <TestItem
            key={test.name}
            test={test}
            result={results.get(test.name)}
            waits={waiting.has(test.name)}
            runs={test.name === first}
            busy={runs}
            tests={tests}
          />
        ))}
      </ul>
      {loaded && !own && mayWrite() && <FirstTest tests={tests} recordings={recordings} none={rows.length === 0} />}
    </>
  );
}
