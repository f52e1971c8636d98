/** The recordings as a page knows them, with a gateway that only says what it is told to. */
import { describe, expect, it } from 'vitest';
import { Refused } from '../../../editor/gateway.ts';
import { clock, dateWords, runningWords, sizeWords } from '../../../editor/look/recording-words.ts';
import { createRecordings } from '../../../editor/sidebar/recordings/recordings.ts';
import type { RecordingRow, RunningRecording } from '../../../runtime/messages/index.ts';

const running = (messages: number): RunningRecording => ({
  ...{ id: 'r1', node: 'pins', output: 1, recording: 'pins@20261121-054012' },
  ...{ elapsed: 12_300, seconds: 20, messages, bytes: 96_000 },
});
const row: RecordingRow = {
  ...{ name: 'pins@20261121-054012', title: 'pins', format: 'jsonl', files: 1 },
  ...{ bytes: 96_000, messages: 1204, started: Date.UTC(2026, 10, 21, 5, 40, 12), open: false, shipped: false },
};

/** Answers in turn; whoever waits gets on as soon as it is let. */
function gateway(answers: readonly (() => unknown)[]) {
  const asked: [string, unknown][] = [];
  const waiting: (() => void)[] = [];
  let next = 0;
  const recordings = createRecordings(
    (path, body) => {
      asked.push([path, body]);
      return Promise.resolve().then(() => answers[next++]?.());
    },
    () => new Promise<void>((resolve) => waiting.push(resolve)),
  );
  const settled = () => new Promise((resolve) => setTimeout(resolve, 0));
  return { asked, recordings, settled, waitingFor: waiting, later: () => waiting.shift()?.() };
}

describe('the recordings of a page', () => {
  it('follow a recording until it has ended, and then say which it was', async () => {
    const { asked, recordings, settled, later, waitingFor } = gateway([
      () => running(0),
      () => ({ running: [running(7)], recordings: [] }),
      () => ({ running: [], recordings: [row] }),
    ]);
    await recordings.record({ node: 'pins', seconds: 20 });
    expect(asked[0]).toEqual(['recordings', { node: 'pins', seconds: 20 }]);
    expect(recordings.state.value.running).toMatchObject([{ messages: 0 }]);
    later();
    await settled();
    expect(recordings.state.value.running).toMatchObject([{ messages: 7 }]);
    later();
    await settled();
    expect(recordings.state.value).toMatchObject({ running: [], recordings: [row], fresh: row.name });
    // Nothing runs: nothing is asked any more.
    expect(waitingFor).toEqual([]);
    expect(asked).toHaveLength(3);
  });

  it('say what was refused, until something works again', async () => {
    const { recordings } = gateway([
      () => {
        throw new Refused('no node "x" is running', 'Deploy the flow first.');
      },
      () => ({ running: [], recordings: [] }),
    ]);
    expect(await recordings.record({ node: 'x' })).toBeUndefined();
    expect(recordings.state.value.trouble).toEqual({ text: 'no node "x" is running', hint: 'Deploy the flow first.' });
    await recordings.refresh();
    expect(recordings.state.value.trouble).toBeUndefined();
  });

  it('keep on saying why one could not be deleted', async () => {
    const { asked, recordings } = gateway([
      () => {
        throw new Refused('it came with Millrace');
      },
    ]);
    await recordings.remove('example');
    expect(asked).toEqual([['recordings/remove', { name: 'example' }]]);
    expect(recordings.state.value.trouble).toEqual({ text: 'it came with Millrace' });
  });
});

describe('the words of recordings', () => {
  it('tell time, messages and size', () => {
    expect(runningWords(running(1204))).toBe('0:12 of 0:20 · 1,204 messages · 96 kB');
    expect(sizeWords(row)).toBe('1,204 messages · 96 kB');
    expect(clock(3_725_000)).toBe('1:02:05');
  });

  it('tell the day only where it is another', () => {
    const noon = new Date(2026, 10, 21, 12).getTime();
    expect(dateWords(new Date(2026, 10, 21, 5, 40).getTime(), noon)).toBe('today 05:40');
    expect(dateWords(new Date(2026, 10, 20, 5, 40).getTime(), noon)).toBe('20 Nov 2026, 05:40');
    expect(dateWords(undefined, noon)).toBe('');
  });
});
