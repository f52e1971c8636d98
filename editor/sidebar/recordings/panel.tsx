import { useEffect, useState } from 'preact/hooks';
import type { RecordingRow } from '../../../runtime/messages/index.ts';
import { download } from '../../gateway.ts';
import { RECORDING_WORDS as WORDS } from '../../look/recording-words.ts';
import { Notice, type Trouble, troubleOf } from '../notice.tsx';
import { useObserved } from '../use-observed.ts';
import { placeReplay } from './place-replay.ts';
import { RecordHere } from './record-here.tsx';
import type { Recordings } from './recordings.ts';
import { Row } from './row.tsx';
import { Running } from './running.tsx';

interface PanelProps {
  readonly recordings: Recordings;
  useInTest(recording: RecordingRow): void;
}

/** Record, see what is being recorded, and do something with what there is. */
export function RecordingsPanel({ recordings, useInTest }: PanelProps) {
  const { loaded, running, recordings: rows, fresh, trouble } = useObserved(recordings.state);
  // What was just recorded is what one wants to do something with.
  const [opened, setOpened] = useState(fresh);
  const [own, setOwn] = useState<Trouble>();
  const [told, setTold] = useState('');
  useEffect(() => void recordings.refresh(), [recordings]);
  useEffect(() => setOpened(fresh), [fresh]);

  const being = new Set(running.map(({ recording }) => recording));
  const shown = rows.filter(({ name }) => !being.has(name));
  const actions = {
    use: useInTest,
    play: ({ name, title }: RecordingRow) => setTold(placeReplay(name) ? WORDS.playHint(title) : WORDS.locked),
    download: ({ name }: RecordingRow) =>
      void download(`recordings/${encodeURIComponent(name)}/file`).then(
        () => setOwn(undefined),
        (error: unknown) => setOwn(troubleOf(error)),
      ),
    remove: ({ name }: RecordingRow) => void recordings.remove(name),
  };
  return (
    <>
      <RecordHere recordings={recordings} />
      <Notice trouble={trouble ?? own} />
      {running.map((recording) => (
        <Running key={recording.id} recording={recording} stop={() => void recordings.stop(recording.id)} />
      ))}
      <div role="status">{told !== '' && <div class="millrace-link">{told}</div>}</div>
      {loaded && shown.length === 0 && running.length === 0 && (
        <div class="millrace-empty">
          <strong>{WORDS.none}</strong>
          <p>{WORDS.noneHint}</p>
        </div>
      )}
      <ul class="millrace-items" aria-label={WORDS.list}>
        {shown.map((row) => (
          <Row
            key={row.name}
            row={row}
            opened={opened === row.name}
            actions={actions}
            toggle={() => {
              setTold('');
              setOpened(opened === row.name ? undefined : row.name);
            }}
          />
        ))}
      </ul>
    </>
  );
}
