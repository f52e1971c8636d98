import type { RunningRecording } from '../../../runtime/messages/index.ts';
import { RECORDING_WORDS as WORDS, runningWords } from '../../look/recording-words.ts';
import { Button } from '../button.tsx';
import { mayWrite } from './recordable.ts';

/** Without a message for so long, something may be amiss: ms. */
const PATIENCE = 3_000;

interface RunningProps {
  readonly recording: RunningRecording;
  stop(): void;
}

/** A recording that grows. */
export function Running({ recording, stop }: RunningProps) {
  const { recording: name, seconds, elapsed, messages, problem } = recording;
  const title = name.replace(/@.*$/, '');
  const trouble = problem ?? (messages === 0 && elapsed > PATIENCE ? WORDS.silent : undefined);
  return (
    <section class="millrace-card millrace-running" aria-label={`${WORDS.running}: ${title}`}>
      <header>
        <span class="millrace-recording-dot" />
        <h3>{title}</h3>
        {mayWrite() && <Button icon="stop" label={WORDS.stop} act={stop} />}
      </header>
      {seconds !== undefined && (
        <div class="millrace-bar">
          <span style={{ width: `${Math.min(100, elapsed / seconds / 10)}%` }} />
        </div>
      )}
      <p class="millrace-quiet">{runningWords(recording)}</p>
      {trouble !== undefined && <p class="millrace-warn">{trouble}</p>}
    </section>
  );
}
