/** What the part "Outbox" of the sidebar says. Times are the gateway's, ms since the epoch. */
import type { DeadLetterRow, DestinationRow } from '../../runtime/messages/index.ts';
import { bytes, count, duration } from './numbers.ts';

const messages = (n: number) => `${count(n)} ${n === 1 ? 'message' : 'messages'}`;
const wait = (n: number) => `${count(n)} ${n === 1 ? 'waits' : 'wait'}`;

export const OUTBOX_WORDS = {
  part: 'Outbox',
  open: 'Open Outbox',
  loading: 'Loading …',
  mark: 'something waits',
  none: 'Nothing is sent anywhere yet',
  noneHint:
    'Wire an “upload” node behind what is to leave this machine and press Deploy. Every message lies on disk before it goes out, and stays until its destination has acknowledged it: here you see what waits, and why.',
  list: 'Destinations',
  kinds: {
    'built-in': 'built-in broker',
    mqtt: 'MQTT',
    https: 'HTTPS',
    s3: 'S3',
    postgres: 'PostgreSQL',
    sqlite: 'SQLite file',
    files: 'files',
  } as Readonly<Record<string, string>>,
  depth: 'waiting',
  course: (span: number, depth: number, most: number) =>
    `What waited over the last ${duration(span)}: now ${count(depth)}, at the most ${count(most)}`,
  rate: 'rate',
  oldest: 'oldest',
  sent: 'delivered since the start',
  acknowledged: 'last acknowledgement',
  never: 'none yet',
  size: 'size',
  lanes: 'lanes',
  lane: { alarm: 'alarms', live: 'live', bulk: 'bulk' } as const,
  pause: 'Pause',
  resume: 'Resume',
  pauseHint: 'What comes meanwhile is kept on disk.',
  unserved: 'No node sends to this destination any more. What waits is kept.',
  unservedHint: 'Bring its target back (undo, or import the flow again) and press Deploy: it goes out by itself.',
  dropped: 'Told to the receiver as gaps',
  droppedHint: 'Since the start of Millrace.',
  dead: (n: number) => `${messages(n)} refused`,
  deadHint:
    'The destination said that it will never take them as they are. They are kept until you send them again or delete them.',
  showDead: 'Look at them',
  hideDead: 'Close',
  letters: 'Refused messages',
  sendAgain: 'Send again',
  sendAllAgain: 'Send all again',
  remove: 'Delete',
  removeAll: 'Delete all',
  reallyRemove: 'Delete this message for good? The receiver is told of a gap.',
  reallyRemoveAll: (n: number) => `Delete ${messages(n)} for good? The receiver is told of gaps.`,
  keep: 'Keep',
  again: 'sent again, not yet acknowledged',
  body: 'The message',
  moreLetters: 'Show more',
  retried: (n: number) => (n === 0 ? 'Nothing was to be sent again.' : `${messages(n)} on the way again.`),
  removed: (n: number) => `${messages(n)} deleted.`,
  streams: 'Streams and gaps',
  stream: 'stream',
  taken: 'taken',
  acked: 'delivered',
  gaps: 'gaps',
  noGaps: 'none',
  relayed: 'passed on: in the table under the keys of its senders',
  moreGaps: (n: number) => `and ${count(n)} more`,
  ledgerHint:
    'By number: the last message that was taken, and up to which everything was acknowledged or told as a gap. It is what the receiver must hold: “millrace outbox verify” compares it with what a table or folder holds.',
  used: (used: number, quota: number) => `${bytes(used)} of ${bytes(quota)} on disk used`,
  usedName: 'Room on disk that the outbox uses',
  readOnly: 'You may look, but not change anything here.',
} as const;

/** `14:02`, `yesterday 14:02`, `tomorrow 02:00`, `3 Nov 14:02`, of the reader's time zone. */
export function timeWords(time: number, now: number): string {
  const date = new Date(time);
  const clock = date.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  const day = (ms: number) => new Date(ms).toDateString();
  if (day(time) === day(now)) return clock;
  const [today] = [new Date(now)];
  const shifted = (days: number) =>
    new Date(today.getFullYear(), today.getMonth(), today.getDate() + days).toDateString();
  if (date.toDateString() === shifted(1)) return `tomorrow ${clock}`;
  if (date.toDateString() === shifted(-1)) return `yesterday ${clock}`;
  return `${date.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' })} ${clock}`;
}

/** How a destination is, for the colour and the sign before the sentence. */
export type Look = 'calm' | 'active' | 'held' | 'problem';

export function lookOf({ served, depth, problem, paused, connected, dead }: DestinationRow): Look {
  if (problem || (!served && depth > 0)) return 'problem';
  if (paused) return 'held';
  if (depth === 0 && dead > 0) return 'problem';
  return depth > 0 || !connected ? 'active' : 'calm';
}

/** A number of messages behind which nothing is the matter: a few are always on their way in a stream. */
const FEW = 20;

/** How a destination is, in one sentence. @param now of the gateway's clock */
export function destinationWords(row: DestinationRow, now: number): string {
  const { served, paused, problem, holding, connected, depth, sent, rate, dead } = row;
  const waits = depth > 0 ? wait(depth) : 'nothing waits';
  if (!served) return depth > 0 ? `${wait(depth)}, and no node sends to it` : 'No node sends to it any more';
  if (paused) return `Paused by you: ${waits}`;
  if (problem) return `${capital(waits)}: ${problem.title}${sinceWords(problem.since, now)}${retryWords(row, now)}`;
  if (depth > 0 && holding) return `${capital(waits)}${holdingWords(holding, now)}`;
  if (!connected) return depth > 0 ? `${capital(waits)}: connecting …` : 'Connecting …';
  if (depth > FEW && rate > 0) return `${capital(waits)}: sending, done in about ${duration((depth / rate) * 1000)}`;
  if (depth > 0) return `Sending: ${waits}`;
  if (dead > 0) return `Nothing waits, but ${messages(dead)} ${dead === 1 ? 'was' : 'were'} refused`;
  return sent > 0 ? 'Everything delivered' : 'Connected: nothing to send yet';
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
const sinceWords = (since: number | undefined, now: number) =>
  since === undefined ? '' : ` since ${timeWords(since, now)}`;

function retryWords({ retryAt, circuit }: DestinationRow, now: number): string {
  if (retryAt === undefined) return '';
  const next = retryAt - now < 1000 ? 'trying now' : `next try in ${duration(retryAt - now)}`;
  return `, ${circuit === 'open' ? `it is tried seldom now: ${next}` : next}`;
}

function holdingWords({ reason, until }: NonNullable<DestinationRow['holding']>, now: number): string {
  const at = until === undefined ? '' : timeWords(until, now);
  if (reason === 'batch') {
    if (until === undefined) return ' for a full batch';
    return ` for a full batch, at most ${duration(Math.max(1000, until - now))} longer`;
  }
  if (reason === 'schedule') return at === '' ? ' for the schedule' : ` for the schedule: ${at}`;
  if (reason === 'budget') return `: this hour’s budget is used up${at === '' ? '' : `, on again at ${at}`}`;
  return ': sending as fast as the bandwidth allows';
}

/** What it means that messages were dropped for a reason. */
export function dropWords(reason: string, dropped: number): string {
  const what = messages(dropped);
  const [one, many] = DROPS[reason] ?? [reason, reason];
  return `${what}: ${dropped === 1 ? one : many}`;
}

const same = (words: string): [string, string] => [words, words];
const DROPS: Readonly<Record<string, readonly [string, string]>> = {
  expired: ['it waited longer than its time to live', 'they waited longer than their time to live'],
  'dropped for newer ones': same('the oldest, dropped to make room for newer ones (“drop oldest” when full)'),
  'damaged on disk': same('found damaged on disk, and not sent as something else'),
  'deleted by hand': same('refused by the destination, and deleted by you'),
};

/** `12 s`, `–` where nothing waits. */
export const ageWords = (ms: number, depth: number): string => (depth === 0 ? '–' : duration(ms));

/** `4.2 /s`, `12 /min`, `–` where nothing comes. */
export function rateWords(rate: number): string {
  if (rate <= 0) return '–';
  if (rate >= 10) return `${count(rate)} /s`;
  return rate >= 1 ? `${rate.toFixed(1)} /s` : `${count(Math.max(1, rate * 60))} /min`;
}

/** `pump 1,204, refused 14:02` */
export const letterWords = ({ stream, sequence, refusedAt }: DeadLetterRow, now: number): string =>
  `${stream} ${count(sequence)}, refused ${timeWords(refusedAt, now)}`;

/** The message as a person reads it; what is no JSON as it is. */
export function readable(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
