import type { FlowTest } from '../../../runtime/messages/index.ts';
import { TEST_WORDS as WORDS } from '../../look/test-words.ts';
import { Button } from '../button.tsx';
import { labelOf } from '../recordings/recordable.ts';
import type { Recordings } from '../recordings/recordings.ts';
import { useSelection } from '../recordings/use-selection.ts';
import { useObserved } from '../use-observed.ts';
import { likelyNode } from './draft-from.ts';
import { changed, type Draft, fileOfRecording } from './draft.ts';
import type { FlowNode } from './flow-nodes.ts';
import { GiveRow, takers } from './give-row.tsx';
import { PlayRow } from './play-row.tsx';
import { problemsAt } from './row-problems.tsx';
import type { Tests } from './tests.ts';

interface InputPartProps {
  readonly draft: Draft;
  readonly readOnly: boolean;
  readonly nodes: readonly FlowNode[];
  readonly tests: Tests;
  readonly recordings: Recordings;
  readonly problems: ReadonlyMap<string, string>;
  change(part: Partial<FlowTest>, files?: Draft['recordings']): void;
}

/** s */
const LONG_ENOUGH = 20;

/** What goes in: recordings in place of nodes, buttons, messages. */
export function InputPart({ draft, readOnly, nodes, tests, recordings, problems, change }: InputPartProps) {
  const { play, give } = draft.test;
  const files = useObserved(tests.state).recordings;
  const { recordings: rows, running } = useObserved(recordings.state);
  const [node, other] = useSelection();
  const closed = new Set(running.map(({ recording }) => recording));
  const finished = rows.filter(({ name, problem }) => problem === undefined && !closed.has(name));

  const recordHere = async () => {
    if (!node) return;
    const begun = await recordings.record({ node: node.id, name: labelOf(node), seconds: LONG_ENOUGH });
    if (!begun) return;
    const file = fileOfRecording(begun.recording, 'jsonl', 1);
    const key = nodes.find(({ id }) => id === node.id)?.key ?? node.id;
    change({ play: [...play, { node: key, output: 1, recording: file, at: 0 }] }, { [file]: begun.recording });
  };
  const addPlay = () => {
    const [newest] = finished;
    const source = likelyNode(nodes, newest?.title ?? '');
    const file = newest ? fileOfRecording(newest.name, newest.format, newest.files) : files[0];
    change(
      { play: [...play, { node: source?.key ?? '', output: 1, recording: file ?? '', at: 0 }] },
      newest && file !== undefined ? { [file]: newest.name } : {},
    );
  };
  const addGive = () => {
    const [first] = takers(nodes);
    const message = first?.type === 'inject' ? {} : { message: { payload: 0 } };
    change({ give: [...give, { node: first?.key ?? '', at: 0, ...message }] });
  };
  return (
    <section aria-label={WORDS.playHead}>
      <h4>{WORDS.playHead}</h4>
      {play.length + give.length === 0 && <p class="millrace-quiet">{WORDS.playNone}</p>}
      <ul>
        {play.map((played, index) => (
          <PlayRow
            key={`play ${index}`}
            played={played}
            nodes={nodes}
            files={files}
            recordings={finished}
            running={running.find(({ recording }) => recording === draft.recordings[played.recording ?? ''])}
            problems={problemsAt(problems, `play.${index}`)}
            change={(next, recording) =>
              change(
                { play: changed(play, index, next) },
                recording !== undefined && next?.recording !== undefined ? { [next.recording]: recording } : {},
              )
            }
            stop={(id) => void recordings.stop(id)}
          />
        ))}
        {give.map((given, index) => (
          <GiveRow
            key={`give ${index}`}
            given={given}
            nodes={nodes}
            problems={problemsAt(problems, `give.${index}`)}
            change={(next) => change({ give: changed(give, index, next) })}
          />
        ))}
      </ul>
      {!readOnly && (
        <div class="millrace-actions">
          {node && !other && (
            <Button icon="circle" label={WORDS.recordHere(labelOf(node))} act={() => void recordHere()} />
          )}
          {finished.length + files.length > 0 && <Button icon="plus" label={WORDS.addPlay} act={addPlay} />}
          <Button icon="plus" label={WORDS.addGive} act={addGive} />
        </div>
      )}
    </section>
  );
}
