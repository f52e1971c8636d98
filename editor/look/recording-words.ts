/** What the part "Recordings" of the sidebar says. */
import type { RecordingRow, RunningRecording } from '../../runtime/messages/index.ts';
import { bytes, count } from './numbers.ts';

export const RECORDING_WORDS = {
  select: 'Select a node on the canvas to record what it sends.',
  several: 'Several nodes are selected: choose one.',
  record: (name: string) => `Record ${name}`,
  output: (output: number) => `output ${output}`,
  outputs: 'Which output',
  howLong: 'How long',
  untilStopped: 'until I stop it',
  readOnly: 'You may look at recordings, but not make any.',
  unwired:
    'Nothing is wired to this output. Node-RED then sends nothing: wire it, for instance to a debug node, and deploy.',
  silent: 'Nothing has come yet.',
  stop: 'Stop',
  running: 'Recording now',
  list: 'Recordings',
  none: 'No recordings yet',
  noneHint:
    'A recording keeps what a node sends, with its timing. Play it later as if the sensor were there, or test your flow with it.',
  use: 'Use in a test',
  play: 'Play here',
  playHint: (title: string) =>
    `A replay node with “${title}” hangs on the pointer: click on the canvas to put it down, wire it, deploy.`,
  locked: 'This flow is locked: unlock it, or open another.',
  download: 'Download',
  remove: 'Delete',
  reallyRemove: (title: string) => `Delete “${title}” for good?`,
  keep: 'Keep',
  shipped: 'came\u00a0with\u00a0Millrace',
  open: 'being written',
} as const;

/** `1:05` */
export function clock(ms: number): string {
  const s = Math.max(0, Math.floor(ms / 1000));
  const [hours, minutes, seconds] = [Math.floor(s / 3600), Math.floor(s / 60) % 60, s % 60];
  const two = (n: number) => String(n).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
}

const messages = (n: number) => `${count(n)} ${n === 1 ? 'message' : 'messages'}`;

/** `0:12 of 0:20 · 1,204 messages · 96 kB` */
export function runningWords({ elapsed, seconds, messages: taken, bytes: size }: RunningRecording): string {
  const time = seconds === undefined ? clock(elapsed) : `${clock(elapsed)} of ${clock(seconds * 1000)}`;
  return [time, messages(taken), bytes(size)].join(' · ');
}

/** `1,204 messages · 96 kB` */
export const sizeWords = ({ messages: kept, bytes: size, format }: RecordingRow): string =>
  [kept === undefined ? format.toUpperCase() : messages(kept), bytes(size)].join(' · ');

/** `today 05:40`, `20 Nov 2026, 05:40` */
export function dateWords(started: number | undefined, now: number): string {
  if (started === undefined) return '';
  const [date, today] = [new Date(started), new Date(now)];
  const time = date.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  if (date.toDateString() === today.toDateString()) return `today ${time}`;
  return `${date.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })}, ${time}`;
}
