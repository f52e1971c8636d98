import type { ExpectationResult, TestResult } from '../../../runtime/messages/index.ts';
import { TEST_WORDS as WORDS } from '../../look/test-words.ts';
import { isThere, reveal } from '../reveal.ts';
import { Difference } from './difference.tsx';
import { Mark } from './mark.tsx';

/** What became of each expectation, and what was reported besides. */
export function Result({ result: { expectations, errors, broken, passed } }: { readonly result: TestResult }) {
  return (
    <div class="millrace-result">
      {broken && (
        <>
          <p>{broken.message}</p>
          <p class="millrace-hint">{broken.hint}</p>
        </>
      )}
      <ul>
        {expectations.map((expectation, index) => (
          <Expected key={index} expectation={expectation} />
        ))}
        {errors.map(({ node, name, code, message, count }) => (
          <li key={`${node} ${code} ${message}`}>
            <Mark state={passed ? 'untried' : 'failed'} />
            <div>
              <NodeWords node={node} words={WORDS.reported(name, count)} />
              <Difference lines={[`+ ${code}: ${message}`]} />
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}

interface ExpectedProps {
  readonly expectation: ExpectationResult;
}

const Expected = ({ expectation: { node, expectation, passed, difference = [] } }: ExpectedProps) => (
  <li>
    <Mark state={passed ? 'passed' : 'failed'} />
    <div>
      <NodeWords node={node} words={expectation} />
      {!passed && difference.length > 0 && <Difference lines={difference} />}
    </div>
  </li>
);

/** Leads to the node that it is about. */
function NodeWords({ node, words }: { readonly node: string; readonly words: string }) {
  if (node === '' || !isThere(node)) return <span>{words}</span>;
  return (
    <button type="button" class="millrace-sentence" title={WORDS.show} onClick={() => reveal(node)}>
      {words}
    </button>
  );
}
