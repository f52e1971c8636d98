import { useState } from 'preact/hooks';
import type { ModelVersion } from '../../../runtime/messages/index.ts';
import { download } from '../../gateway.ts';
import { MODEL_WORDS as WORDS } from '../../look/model-words.ts';
import { Button } from '../button.tsx';
import { Notice, type Trouble, troubleOf } from '../notice.tsx';
import { mayWrite } from '../recordings/recordable.ts';
import type { Models } from './models.ts';

interface VersionActionsProps {
  readonly name: string;
  readonly row: ModelVersion;
  readonly models: Models;
}

export function VersionActions({ name, row: { version, origin, problem }, models }: VersionActionsProps) {
  const [asking, setAsking] = useState(false);
  const [trouble, setTrouble] = useState<Trouble>();
  const fetchFile = () => {
    const query = new URLSearchParams({ name, version });
    download(`models/file?${query.toString()}`).then(
      () => setTrouble(undefined),
      (error: unknown) => setTrouble(troubleOf(error)),
    );
  };
  const question = WORDS.reallyRemove(`${name} ${version}`);
  return (
    <>
      <Notice trouble={trouble} />
      {asking ? (
        <div class="millrace-actions" role="group" aria-label={question}>
          <span>{question}</span>
          <Button
            icon="trash-o"
            label={WORDS.remove}
            act={() => {
              setAsking(false);
              void models.remove(name, version);
            }}
          />
          <Button icon="undo" label={WORDS.keep} act={() => setAsking(false)} />
        </div>
      ) : (
        <div class="millrace-actions">
          {!problem && <Button icon="download" label={WORDS.download} act={fetchFile} />}
          {origin === 'own' && mayWrite() && <Button icon="trash-o" label={WORDS.remove} act={() => setAsking(true)} />}
        </div>
      )}
    </>
  );
}
