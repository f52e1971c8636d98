import type { ModelProposal } from '../../../runtime/messages/index.ts';
import { MODEL_WORDS as WORDS } from '../../look/model-words.ts';
import { bytes, count } from '../../look/numbers.ts';

/** What else stands in the file: for whoever made it. */
export function FileFacts({ proposal }: { readonly proposal: ModelProposal }) {
  const { producer, opsets, metadata, operators, parameters, bytes: size } = proposal;
  const written = Object.entries(metadata);
  return (
    <dl class="millrace-facts">
      <dt>{WORDS.madeBy}</dt>
      <dd>{producer}</dd>
      <dt>{WORDS.file}</dt>
      <dd>{bytes(size)}</dd>
      <dt>{WORDS.learnt}</dt>
      <dd>{count(parameters)}</dd>
      <dt>{WORDS.opsets}</dt>
      <dd>{opsets}</dd>
      <dt>{WORDS.operators}</dt>
      <dd>
        {Object.entries(operators)
          .map(([name, times]) => (times > 1 ? `${name} × ${times}` : name))
          .join(', ')}
      </dd>
      {written.length > 0 && (
        <>
          <dt>{WORDS.metadata}</dt>
          <dd>{written.map(([key, value]) => `${key}: ${value.slice(0, 200)}`).join('; ')}</dd>
        </>
      )}
    </dl>
  );
}
