import { grouped } from '../base/index.ts';
import type {
  DeployState,
  GatewayEvent,
  GatewayProblem,
  GatewayStatus,
  LinkState,
  ReleaseFacts,
} from '../messages/index.ts';
import { columns, showBytes, showDate } from './columns.ts';
import { showCount } from './data-lines.ts';

/** What a deploy does in this state, for a person. */
export const STATE_WORDS: Readonly<Record<DeployState, string>> = {
  idle: '',
  receiving: 'files come in',
  unpacking: 'is unpacked beside what runs',
  verifying: 'is verified',
  testing: 'is tested on this device',
  switching: 'takes over',
  probation: 'runs on probation',
  committing: 'becomes the last good one',
  'rolling-back': 'is gone back from',
};

const PROCESS_WORDS: Readonly<Record<GatewayStatus['process'], string>> = {
  running: 'runs',
  starting: 'starts',
  stopped: 'is stopped',
  waiting: 'waits before it is started again',
};

export const releaseWords = ({ name, version, digest }: ReleaseFacts): string =>
  `${name} ${version} (${digest.slice(0, 12)})`;

/** How a gateway is, a line each. @param now ms since the epoch */
export function statusLines(status: GatewayStatus, now: number): string[] {
  const { vitals, running, previous, candidate, newest, progress } = status;
  const deploy = STATE_WORDS[status.state];
  const share = progress?.share === undefined ? '' : ` (${Math.round(progress.share * 100)} %)`;
  const rows: [string, string][] = [
    [
      'bundle',
      running ? `${releaseWords(running)}${isTriedOn(status) ? ', has never held and is tried on' : ''}` : 'none yet',
    ],
    ['flow', flowWords(status, now)],
    ['memory', vitals ? `${showBytes(vitals.rss)}, its event loop at most ${Math.round(vitals.lag)} ms late` : ''],
    ['errors', vitals && vitals.errors > 0 ? `${grouped(vitals.errors)} since the start` : ''],
    ['models', vitals ? modelWords(vitals) : ''],
    ['missing', vitals && vitals.missing.length > 0 ? `node types ${vitals.missing.join(', ')}` : ''],
    ['outbox', vitals ? outboxWords(vitals.outbox) : ''],
    [
      'deploy',
      deploy === ''
        ? ''
        : `${candidate ? `${releaseWords(candidate)} ` : ''}${deploy}${progress ? `: ${progress.text}${share}` : ''}`,
    ],
    ['before it', previous ? releaseWords(previous) : ''],
    ['newest', newest ? `${releaseWords(newest)} has held here: an older one is refused` : ''],
  ];
  return columns(rows.filter(([, text]) => text !== '')).map((line) => `  ${line}`);
}

/** For want of another one. */
const isTriedOn = ({ state, held }: GatewayStatus) => state === 'idle' && held === false;

function flowWords({ process, restarts, nextStart, vitals }: GatewayStatus, now: number): string {
  const again = restarts > 0 ? `, started anew ${showCount(restarts, 'time')}` : '';
  if (process === 'waiting' && nextStart !== undefined) {
    return `${PROCESS_WORDS.waiting}, in ${duration(Math.max(0, nextStart - now))}${again}`;
  }
  return `${PROCESS_WORDS[process]}${process === 'running' && vitals ? ` since ${duration(vitals.uptime)}` : ''}${again}`;
}

function modelWords({ predictions, vectors }: NonNullable<GatewayStatus['vitals']>): string {
  if (predictions === 0 && vectors.checked === 0) return '';
  const checked =
    vectors.failed.length > 0
      ? `${vectors.failed.join(', ')} did not answer its vectors as it should`
      : `${showCount(vectors.checked, 'model')} checked`;
  return `${showCount(predictions, 'prediction')}, ${checked}`;
}

function outboxWords({ depth, oldestMs, sent, unreachable }: NonNullable<GatewayStatus['vitals']>['outbox']): string {
  if (depth === 0 && sent === 0) return '';
  return [
    depth === 0 ? 'nothing waits' : `${showCount(depth, 'message')} wait, the oldest for ${duration(oldestMs)}`,
    `${grouped(sent)} sent`,
    ...(unreachable > 0 ? [`${showCount(unreachable, 'destination')} out of reach`] : []),
  ].join(', ');
}

export const linkWords = ({ connected, since, why }: LinkState, now: number): string =>
  `${connected ? 'connected' : 'out of reach'} for ${duration(now - since)}${why === undefined ? '' : `: ${why}`}`;

export const problemLines = ({ code, message, hint }: GatewayProblem): string[] => [
  `  ${code}: ${message}`,
  `  ${hint}`,
];

/** The newest events, the newest last. */
export const eventLines = (events: readonly GatewayEvent[]): string[] =>
  columns(events.map(({ time, kind, text }) => [showDate(time), kind, text])).map((line) => `  ${line}`);

/** `3 h 20 min` */
export function duration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const [days, hours, minutes] = [
    Math.floor(seconds / 86_400),
    Math.floor(seconds / 3600) % 24,
    Math.floor(seconds / 60) % 60,
  ];
  if (days > 0) return `${days} d ${hours} h`;
  if (hours > 0) return `${hours} h ${minutes} min`;
  if (minutes > 0) return `${minutes} min ${seconds % 60} s`;
  return `${seconds} s`;
}
