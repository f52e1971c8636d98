import { useState } from 'preact/hooks';
import { explanation, type Explanation } from '../../runtime/messages/index.ts';
import { askGateway } from '../gateway.ts';
import { WORDS } from '../look/words.ts';
import { Button } from './button.tsx';
import { Contributions } from './models/contributions.tsx';

/** Explains the newest prediction of a node, when it is asked to. */
export function Why({ node }: { readonly node: string }) {
  const [shown, show] = useState<Explanation | string | undefined>();
  const ask = async () => {
    try {
      const answer = await askGateway('nodes/infer/preview', { id: node, settings: {} });
      const parsed = explanation.safeParse(answer);
      show(parsed.success ? parsed.data : WORDS.noAnswer);
    } catch (thrown) {
      show(thrown instanceof Error ? thrown.message : String(thrown));
    }
  };
  return (
    <div class="millrace-why">
      <Button
        icon="question-circle-o"
        label={shown === undefined ? WORDS.why : WORDS.whyNot}
        act={() => (shown === undefined ? void ask() : show(undefined))}
      />
      {typeof shown === 'string' && <p class="millrace-quiet">{shown}</p>}
      {typeof shown === 'object' && <Contributions explanation={shown} />}
    </div>
  );
}
