import { useEffect, useRef, useState } from 'preact/hooks';
import type { FlowTest } from '../../../runtime/messages/index.ts';
import type { Store } from '../../live/store.ts';
import { TEST_WORDS as WORDS } from '../../look/test-words.ts';
import { Button } from '../button.tsx';
import { Notice } from '../notice.tsx';
import { mayWrite } from '../recordings/recordable.ts';
import type { Recordings } from '../recordings/recordings.ts';
import { useObserved } from '../use-observed.ts';
import { copyOf, type Draft, fileFor, problemsOf } from './draft.ts';
import { ExpectPart } from './expect-part.tsx';
import { Field } from './field.tsx';
import { flowNodes } from './flow-nodes.ts';
import { InputPart } from './input-part.tsx';
import { MorePart } from './more-part.tsx';
import { problemsAt, Problems } from './row-problems.tsx';
import type { Tests } from './tests.ts';
import { useDirty } from './use-dirty.ts';

interface EditorProps {
  readonly draft: Draft;
  readonly tests: Tests;
  readonly recordings: Recordings;
  readonly store: Store;
}

/** A test as a form: what goes in, what must happen. */
export function TestEditor({ draft, tests, recordings, store }: EditorProps) {
  const { trouble, tests: rows } = useObserved(tests.state);
  const { running, trouble: recordingTrouble } = useObserved(recordings.state);
  const [tried, setTried] = useState(false);
  const back = useRef<HTMLButtonElement>(null);
  // The button that opened it is gone, and the keyboard with it.
  useEffect(() => {
    if (draft.file !== undefined) back.current?.focus();
  }, [draft.file]);
  const nodes = flowNodes();
  const { test } = draft;
  const readOnly = draft.readOnly || !mayWrite();
  const dirty = useDirty();
  const found = problemsOf(draft);
  const problems = tried ? found : new Map<string, string>();
  const pending = running.find(({ recording }) => Object.values(draft.recordings).includes(recording));

  const change = (part: Partial<FlowTest>, files: Draft['recordings'] = {}) =>
    tests.draft.set({ ...draft, test: { ...test, ...part }, recordings: { ...draft.recordings, ...files } });
  const close = () => {
    tests.draft.set(undefined);
    // What could not be saved is no trouble any more.
    void tests.refresh();
  };
  const save = async (run: boolean) => {
    setTried(true);
    if (found.size > 0) return;
    const name =
      draft.file ??
      fileFor(
        test.name,
        rows.map((row) => row.name),
      );
    if (!(await tests.save(name, draft))) return;
    tests.draft.set(undefined);
    if (run) await tests.run([name]);
  };
  return (
    <form
      class="millrace-editor"
      onSubmit={(event) => {
        event.preventDefault();
        if (!readOnly && !pending) void save(false);
      }}
    >
      <button ref={back} type="button" class="millrace-back" onClick={close}>
        <i class="fa fa-angle-left" aria-hidden="true" /> {WORDS.back}
      </button>
      <Notice trouble={trouble ?? recordingTrouble} />
      {draft.readOnly && (
        <div class="millrace-link">
          <p>{WORDS.readOnly}</p>
          {mayWrite() && (
            <div class="millrace-actions">
              <Button icon="copy" label={WORDS.copy} main act={() => tests.draft.set(copyOf(draft))} />
            </div>
          )}
        </div>
      )}
      <fieldset disabled={readOnly}>
        <Name
          key={draft.file ?? ''}
          name={test.name}
          isNew={draft.file === undefined}
          change={(name) => change({ name })}
        />
        {tried && test.name === '' && <Problems problems={[WORDS.nameMissing]} />}
        <InputPart {...{ draft, readOnly, nodes, tests, recordings, problems, change }} />
        <ExpectPart {...{ test, nodes, store, problems, readOnly }} change={(expect) => change({ expect })} />
        {tried && test.expect.length === 0 && <Problems problems={[WORDS.expectMissing]} />}
        <MorePart test={test} change={change} problems={problemsAt(problems, 'duration')} />
      </fieldset>
      {!readOnly && (
        <footer>
          {tried && found.size > 0 && <Problems problems={[WORDS.mend]} />}
          {dirty && <p class="millrace-quiet">{WORDS.dirty}</p>}
          {pending && <p class="millrace-quiet">{WORDS.wait}</p>}
          <div class="millrace-actions">
            <Button icon="play" label={WORDS.saveAndRun} main disabled={!!pending} act={() => void save(true)} />
            <Button icon="check" label={WORDS.save} disabled={!!pending} act={() => void save(false)} />
            <Button icon="undo" label={WORDS.cancel} act={close} />
            {draft.file !== undefined && <Remove name={draft.file} tests={tests} />}
          </div>
        </footer>
      )}
    </form>
  );
}

interface NameProps {
  readonly name: string;
  readonly isNew: boolean;
  change(name: string): void;
}

/** Of a new test it is asked for first. */
function Name({ name, isNew, change }: NameProps) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isNew) place.current?.querySelector('input')?.focus();
  }, [isNew]);
  return (
    <div ref={place} class="millrace-name">
      <Field
        label={WORDS.name}
        value={name}
        show={String}
        parse={(text) => text.trim()}
        placeholder={WORDS.namePlaceholder}
        change={change}
      />
    </div>
  );
}

function Remove({ name, tests }: { readonly name: string; readonly tests: Tests }) {
  const [asking, setAsking] = useState(false);
  if (!asking) return <Button icon="trash-o" label={WORDS.remove} act={() => setAsking(true)} />;
  return (
    <div class="millrace-actions" role="group" aria-label={WORDS.reallyRemove}>
      <span>{WORDS.reallyRemove}</span>
      <Button
        icon="trash-o"
        label={WORDS.remove}
        act={() => void tests.remove(name).then(() => tests.draft.set(undefined))}
      />
      <Button icon="undo" label={WORDS.keep} act={() => setAsking(false)} />
    </div>
  );
}
