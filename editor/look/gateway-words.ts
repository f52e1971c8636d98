/** What the part "Gateways" of the sidebar says. Times are ms since the epoch. */
import type {
  DeployState,
  GatewayEvent,
  GatewayIdentity,
  GatewayRow,
  GatewayStatus,
  ReleaseFacts,
} from '../../runtime/messages/index.ts';
import { bytes, count, duration } from './numbers.ts';
import { type Look, timeWords } from './outbox-words.ts';

export const GATEWAY_WORDS = {
  loading: 'Loading …',
  mark: 'a gateway needs somebody',
  list: 'Gateways',
  none: 'No gateway is paired yet',
  noneHint:
    'A gateway is a small computer that runs a flow for months, without this editor. Pair one: you get a line to type on it, and deploy to it from here. A bundle can also be saved to a file and carried there.',
  readOnly: 'You may look, but not change anything here.',
  pair: 'Pair a gateway',
  export: 'Export bundle',
  deploy: 'Deploy to gateway',
  deployHere: 'Deploy …',
  deployNow: 'Deploy',
  onDevice: 'On the device, as the user that runs Millrace there, type:',
  code: 'Pairing line',
  codeHint: (ms: number) => `Good once, for ${duration(ms)} more. Nobody else should see it.`,
  codeOver: 'The line is no longer good.',
  newCode: 'A new line',
  thenStart: 'and, unless it is running:',
  startLine: 'Line that starts the gateway',
  service: 'Where it is installed as a service',
  serviceHint: '“sudo millrace gateway install” makes one that starts with the device. It is paired as its own user:',
  serviceLine: 'Pairing line for a service',
  reaches: (address: string) => `The device comes to this studio at ${address}; on its side no port is opened.`,
  paired: (title: string) => `“${title}” is paired`,
  pairedHint: 'Deploy to it when you like.',
  copy: 'Copy',
  copied: 'Copied',
  close: 'Close',
  cancel: 'Cancel',
  save: 'Save',
  rename: 'Rename',
  deployState: 'Deploy',
  withdraw: 'Withdraw',
  dismiss: 'Dismiss',
  events: 'What happened',
  moreEvents: (n: number) => `${count(n)} more`,
  fewerEvents: 'show fewer',
  log: 'Log',
  noLog: 'Nothing yet.',
  metrics: 'Metrics',
  noMetrics: 'Its flow has counted nothing yet.',
  commands: { restart: 'Restart', 'roll-back': 'Go back', forget: 'Forget' },
  really: {
    restart: (title: string) => `Start the flow on “${title}” anew? What waits in its outbox stays.`,
    'roll-back': (title: string) => `Let “${title}” run the bundle before this one again?`,
    forget: (title: string) =>
      `Forget “${title}”? It goes on running what it runs, and is no longer reached from here until it is paired anew.`,
  },
  undeployed: 'There are changes that are not deployed here: the bundle is made of what is.',
  name: 'Name of the bundle',
  gateway: 'Gateway',
  awayOption: (title: string) => `${title} (away: it gets it when it is back)`,
  tabs: 'Flows',
  withTests: 'With its tests: the gateway runs them before it switches',
  allow: (what: string) =>
    what === 'function-modules'
      ? 'Let its functions load their modules on the gateway: they can do anything there'
      : `Let its “${what}” nodes run on the gateway: they can do anything there`,
  localAlias: (reference: string) =>
    `Let the gateway decide which model “${reference}” is, with the one from here to begin with`,
  looking: 'Looking at what goes in …',
  preview: 'What goes in',
  models: 'Models',
  model: (name: string, version: string, alias?: string) =>
    alias === undefined ? `${name} ${version}` : `${name} ${version} (${alias})`,
  tests: 'Tests',
  nothing: 'none',
  size: 'Size',
  memoryThere: 'Memory there',
  memoryOf: (taken: string, free: string) => `about ${taken} of ${free}`,
  settings: 'To be set on the device',
  settingsHint: 'They are never in the bundle. On the device: millrace gateway set NAME',
  secret: 'secret',
  warnings: 'Worth knowing',
  problems: 'It cannot be made or deployed yet',
} as const;

/** @param name of the bundle, in quotation marks */
const STATES: Readonly<Record<Exclude<DeployState, 'idle'>, (name: string) => string>> = {
  receiving: (name) => `Receives ${name}`,
  unpacking: (name) => `Puts ${name} together`,
  verifying: (name) => `Checks signature and fit of ${name}`,
  testing: (name) => `Runs the tests of ${name}`,
  switching: (name) => `Switches to ${name}`,
  probation: (name) => `Runs ${name} on probation`,
  committing: (name) => `Keeps ${name}`,
  'rolling-back': () => 'Goes back to the bundle before',
};

export const EVENT_SIGNS: Readonly<Record<GatewayEvent['kind'], string>> = {
  deployed: 'check',
  refused: 'ban',
  'rolled-back': 'step-backward',
  started: 'play',
  crashed: 'bolt',
  hung: 'hourglass-half',
  'out-of-memory': 'microchip',
  restarted: 'repeat',
  note: 'info-circle',
};

/** How a gateway is, for the colour and the sign before the sentence. */
export function gatewayLook({ connected, problem, status }: GatewayRow): Look {
  if (problem || status?.problem || status?.process === 'waiting') return 'problem';
  if (!connected) return 'held';
  if (!status || status.state !== 'idle' || status.process === 'starting') return 'active';
  return 'calm';
}

/** How a gateway is, in one sentence. */
export function gatewayWords({ connected, seen, status }: GatewayRow, now: number): string {
  if (!connected)
    return seen === undefined
      ? 'Has not come yet'
      : `Away since ${timeWords(seen, now)}: without a network it works on by itself`;
  if (!status) return 'Connected';
  if (status.state !== 'idle') {
    const what = STATES[status.state](quoted(status.candidate));
    return status.progress ? `${what}: ${status.progress.text}` : what;
  }
  if (!status.running) return 'Connected: nothing was deployed to it yet';
  const words = {
    running: 'Runs',
    starting: 'Starts',
    stopped: 'Is stopped',
    waiting: `Does not stay up: ${waitWords(status, now)}`,
  };
  return `${words[status.process]} ${quoted(status.running)}`;
}

function waitWords({ restarts, nextStart }: GatewayStatus, now: number): string {
  const next =
    nextStart === undefined || nextStart <= now ? 'starts anew' : `starts anew in ${duration(nextStart - now)}`;
  return `${next}, after ${count(restarts)} ${restarts === 1 ? 'try' : 'tries'}:`;
}

const quoted = (release: ReleaseFacts | undefined): string => (release ? `“${release.name}”` : 'a bundle');

/** Which release runs, and which is gone back to. */
export function runningWords({ connected, status }: GatewayRow, now: number): string {
  if (!status?.running) return '';
  const { running, previous, state } = status;
  // The sentence above has its name already.
  const named = connected && state === 'idle';
  const said = named
    ? capital(releaseWords(running, now).slice(running.name.length + 2))
    : `Runs ${releaseWords(running, now)}`;
  return previous ? `${said} · before that ${releaseWords(previous, now)}` : said;
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** `pump, release 3621034, signed 22 Nov 14:02` */
export const releaseWords = ({ name, version, issued }: ReleaseFacts, now: number): string =>
  `${name}, release ${version}${issued === undefined ? '' : `, signed ${timeWords(issued, now)}`}`;

/** How far the deploy of this studio is, in one sentence. */
export function deployWords(row: GatewayRow, now: number): string {
  const { deploy, status } = row;
  if (!deploy) return '';
  const what = releaseWords(deploy.release, now);
  switch (deploy.phase) {
    case 'waiting':
      return `${waitsWords(row)}: ${what}`;
    case 'offering':
      return `Asks the gateway what it lacks of ${what}`;
    case 'sending':
      return `Sends ${what}${deploy.bytes ? `: ${bytes(deploy.bytes.sent)} of ${bytes(deploy.bytes.all)}` : ''}`;
    case 'gateway':
      return `On the gateway: ${what}${status?.progress ? `, ${status.progress.text}` : ''}`;
    case 'done':
      return `Deployed: ${what}`;
    case 'failed':
      return `Not deployed: ${what}`;
  }
}

function waitsWords({ connected, status, deploy }: GatewayRow): string {
  if (!connected) return `Waits until the gateway is back${deploy?.handedOver ? ', which has all of it' : ''}`;
  const { state, candidate } = status ?? {};
  const busy = state !== undefined && state !== 'idle' && candidate?.digest !== deploy?.release.digest;
  return busy ? 'Waits until the gateway is done with another bundle' : 'Waits for the gateway';
}

/** From here on a flow answers late, ms. */
const LATE = 1_000;

/** Name, value, and whether it is something to look at. */
export function vitalFacts(
  { vitals, restarts }: GatewayStatus,
  { group, version }: GatewayIdentity,
): readonly (readonly [string, string, boolean?])[] {
  const own = [...(group === 'any' ? [] : [['group', group] as const]), ['Millrace', version] as const];
  if (!vitals) return own;
  const { rss, lag, outbox, errors, predictions, uptime, vectors, missing } = vitals;
  return [
    ['up for', duration(uptime)],
    ['memory', bytes(rss)],
    ['slowest turn', duration(lag), lag > LATE],
    ['outbox', outbox.depth === 0 ? 'empty' : `${count(outbox.depth)} wait`, outbox.unreachable > 0],
    ...(outbox.unreachable > 0
      ? [['not reached', `${count(outbox.unreachable)} of its destinations`, true] as const]
      : []),
    ['predictions', count(predictions)],
    ['errors', count(errors), errors > 0],
    ...(restarts > 0 ? [['restarts', count(restarts), true] as const] : []),
    ...(vectors.failed.length > 0 ? [['wrong here', vectors.failed.join(', '), true] as const] : []),
    ...(missing.length > 0 ? [['not installed', missing.join(', '), true] as const] : []),
    ...own,
  ];
}
