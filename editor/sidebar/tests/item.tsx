import { useState } from 'preact/hooks';
import type { TestResult } from '../../../runtime/messages/index.ts';
import { resultWords, TEST_WORDS as WORDS } from '../../look/test-words.ts';
import { IconButton } from '../button.tsx';
import { mayWrite } from '../recordings/recordable.ts';
import { draftOf } from './draft.ts';
import { Mark } from './mark.tsx';
import { Result } from './result.tsx';
import type { ListedTest, Tests } from './tests.ts';

interface ItemProps {
  readonly test: ListedTest;
  readonly result: TestResult | undefined;
  readonly waits: boolean;
  /** It is its turn. */
  readonly runs: boolean;
  /** Some tests are being run. */
  readonly busy: boolean;
  readonly tests: Tests;
}

/** A test of the list: whether it passed, and opened by itself if not. */
export function TestItem({ test: listed, result, waits, runs, busy, tests }: ItemProps) {
  const { name, owner, test, problem } = listed;
  const [chosen, setOpened] = useState<boolean>();
  const opened = (result !== undefined || problem !== undefined) && (chosen ?? result?.passed !== true);
  const state = waits ? 'waiting' : problem ? 'failed' : !result ? 'untried' : result.passed ? 'passed' : 'failed';
  const notes = [
    waits
      ? runs
        ? WORDS.running
        : WORDS.waiting
      : problem
        ? WORDS.broken
        : result
          ? resultWords(result)
          : WORDS.untried,
    owner === 'user' ? '' : WORDS[owner],
  ];
  return (
    <li class={`millrace-item millrace-test millrace-test-${state}`} data-test={name}>
      <div class="millrace-item-row">
        <button
          type="button"
          class="millrace-item-head"
          aria-expanded={opened}
          disabled={result === undefined && problem === undefined}
          onClick={() => setOpened(!opened)}
        >
          <Mark state={state} />
          <span>
            <strong>{test?.name ?? name}</strong>
            <small>{notes.filter(Boolean).join(' · ')}</small>
          </span>
        </button>
        {mayWrite() && !problem && (
          <IconButton
            icon="play"
            label={WORDS.runOne(test?.name ?? name)}
            disabled={busy}
            act={() => {
              setOpened(undefined);
              void tests.run([name]);
            }}
          />
        )}
        {test && (
          <IconButton
            icon={owner === 'user' && mayWrite() ? 'pencil' : 'eye'}
            label={WORDS.openOne(test.name)}
            act={() => tests.draft.set(draftOf(listed, test))}
          />
        )}
      </div>
      {opened && problem && (
        <div class="millrace-result">
          <p>{problem.message}</p>
          <p class="millrace-hint">{problem.hint}</p>
        </div>
      )}
      {opened && result && <Result result={result} />}
    </li>
  );
}
