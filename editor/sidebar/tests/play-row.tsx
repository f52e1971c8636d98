import { useState } from 'preact/hooks';
import type { Played, RecordingRow, RunningRecording } from '../../../runtime/messages/index.ts';
import { clock } from '../../look/recording-words.ts';
import { TEST_WORDS as WORDS } from '../../look/test-words.ts';
import { Button, IconButton } from '../button.tsx';
import { fileOfRecording } from './draft.ts';
import { Choice, Field } from './field.tsx';
import { type FlowNode, nodeNamed } from './flow-nodes.ts';
import { Problems, type RowProblems } from './row-problems.tsx';
import { parseAmount, showDuration } from './amounts.ts';
import { parseValue } from '../../look/value.ts';

interface PlayRowProps {
  readonly played: Played;
  readonly nodes: readonly FlowNode[];
  /** Beside the tests already. */
  readonly files: readonly string[];
  readonly recordings: readonly RecordingRow[];
  /** It is still being made. */
  readonly running: RunningRecording | undefined;
  readonly problems: RowProblems;
  /** @param recording the recording of the list that becomes the file that is played */
  change(next?: Played, recording?: string): void;
  stop(id: string): void;
}

/** Stands for messages that are written into the test. */
const WRITTEN = '\u0000written';

/** A node, and the recording that is played in its place. */
export function PlayRow({ played, nodes, files, recordings, running, problems, change, stop }: PlayRowProps) {
  const { node: key, output, recording, messages, at } = played;
  const node = nodeNamed(nodes, key);
  const listed = recordings.map((row) => [fileOfRecording(row.name, row.format, row.files), row] as const);
  const options = new Map<string, string>(listed.map(([file, { title, started }]) => [file, titleOf(title, started)]));
  for (const file of files) if (!options.has(file)) options.set(file, file);
  if (running && recording !== undefined) options.set(recording, WORDS.beingMade);
  options.set(WRITTEN, WORDS.written);

  const choose = (chosen: string) => {
    const { recording: _r, messages: _m, ...rest } = played;
    if (chosen === WRITTEN) change({ ...rest, messages: [{ at: 0, message: { payload: 0 } }] });
    else change({ ...rest, recording: chosen }, listed.find(([file]) => file === chosen)?.[1].name);
  };
  return (
    <li class="millrace-row">
      <div>
        <Choice
          label={WORDS.node}
          value={node?.key ?? key}
          options={nodes.filter(({ outputs }) => outputs > 0).map((each) => [each.key, each.label])}
          change={(next) => change({ ...played, node: next, output: 1 })}
        />
        {node && node.outputs > 1 && (
          <Choice
            label={WORDS.port}
            value={String(output)}
            options={Array.from({ length: node.outputs }, (_, n) => [String(n + 1), WORDS.output(n + 1)] as const)}
            change={(next) => change({ ...played, output: Number(next) })}
          />
        )}
        <IconButton icon="times" label={WORDS.removeRow} act={() => change()} />
      </div>
      <div>
        <span>{WORDS.plays}</span>
        <Choice
          label={WORDS.recordingLabel}
          value={messages ? WRITTEN : (recording ?? '')}
          options={[...options]}
          change={choose}
        />
        <span>{WORDS.at}</span>
        <Field
          size="short"
          label={WORDS.begins}
          value={at}
          show={(time) => (time === 0 ? '' : showDuration(time))}
          parse={(text) => parseAmount(text) ?? 0}
          placeholder={WORDS.theStart}
          change={(next) => change({ ...played, at: next ?? 0 })}
        />
      </div>
      {messages && (
        <Json
          label={WORDS.written}
          value={messages}
          change={(next) => change({ ...played, messages: next as NonNullable<Played['messages']> })}
        />
      )}
      {running && (
        <div class="millrace-pending" role="status">
          <span class="millrace-recording-dot" />
          <span>{WORDS.recording(clock((running.seconds ?? 0) * 1000 - running.elapsed))}</span>
          <Button icon="stop" label={WORDS.stopHere} act={() => stop(running.id)} />
        </div>
      )}
      <Problems problems={problems} />
    </li>
  );
}

function titleOf(title: string, started: number | undefined): string {
  if (started === undefined) return title;
  const time = new Date(started).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
  return `${title}, ${time}`;
}

interface JsonProps {
  readonly label: string;
  readonly value: unknown;
  change(value: unknown): void;
}

/** A value as JSON, for those who know how to write it. */
export function Json({ label, value, change }: JsonProps) {
  // What is being typed is no JSON most of the time.
  const [text, setText] = useState(() => JSON.stringify(value, undefined, 1));
  return (
    <div>
      <textarea
        aria-label={label}
        spellcheck={false}
        rows={4}
        value={text}
        onInput={({ currentTarget }) => {
          setText(currentTarget.value);
          change(parseValue(currentTarget.value));
        }}
      />
    </div>
  );
}
