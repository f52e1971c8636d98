/** A gateway that says what a test has it say: at the end of a real line to a real studio. */
import { createHash } from 'node:crypto';
import { zstdDecompressSync } from 'node:zlib';
import { parseBundle } from '../../runtime/bundle/index.ts';
import { MillraceError } from '../../runtime/base/index.ts';
import type { GatewayEvent, GatewayStatus, LogLine, ReleaseFacts } from '../../runtime/messages/index.ts';
import type { Gateway } from '../../runtime/rollout/index.ts';

const METRICS = [
  '# HELP millrace_predictions_total Predictions answered',
  '# TYPE millrace_predictions_total counter',
  'millrace_predictions_total{model="pump-health"} 1234',
  '# HELP millrace_outbox_depth Messages that wait',
  '# TYPE millrace_outbox_depth gauge',
  'millrace_outbox_depth{destination="cloud"} 3\n',
].join('\n');

export interface StandInGateway extends Gateway {
  /** Digest of the bundle that was installed last. */
  readonly installed: string | undefined;
  /** What it was asked to do. */
  readonly asked: readonly string[];
  /** Files that did not come as they stand in the bundle. */
  damaged(): readonly string[];
  tell(status: Partial<GatewayStatus>): void;
  /** The bundle of this digest held: it runs. */
  runs(digest: string): void;
  write(line: string): void;
}

export function standInGateway(name: string): StandInGateway {
  const asked: string[] = [];
  const events: GatewayEvent[] = [];
  const lines: LogLine[] = [];
  let next = 1;
  const [onStatus, onEvent, onLog] = [listeners<GatewayStatus>(), listeners<GatewayEvent>(), listeners<LogLine>()];
  const pieces = new Map<string, Buffer[]>();
  let status: GatewayStatus = { state: 'idle', process: 'stopped', restarts: 0 };
  let candidate: ReleaseFacts | undefined;
  let installed: string | undefined;
  const tell = (change: Partial<GatewayStatus>) => {
    status = { ...status, ...change };
    onStatus.call(status);
  };
  return {
    identity: {
      ...{ gateway: `id-of-${name.replaceAll(' ', '-')}`, name, version: '0.1.0', node: 'v24.21.0', group: 'any' },
      ...{ platform: 'linux', architecture: 'arm64' },
    },
    offer({ manifest: text, envelope }) {
      const { manifest, digest } = parseBundle('the offer', text);
      const payload = Buffer.from((envelope as { payload: string }).payload, 'base64').toString();
      const { version } = JSON.parse(payload) as { version: number };
      candidate = { name: manifest.name, version, digest };
      pieces.clear();
      tell({ state: 'receiving', candidate });
      return Promise.resolve({ missing: Object.values(manifest.files).map(({ sha256 }) => sha256) });
    },
    receive({ file, bytes }) {
      pieces.set(file, [...(pieces.get(file) ?? []), zstdDecompressSync(bytes)]);
      return Promise.resolve();
    },
    install() {
      installed = candidate?.digest;
      return Promise.resolve();
    },
    withdraw: () => Promise.resolve(),
    take: () => Promise.reject(new Error('nobody carries a file here')),
    status: () => status,
    onStatus: onStatus.add,
    events: (sequence) => events.filter((event) => event.sequence > sequence),
    onEvent: onEvent.add,
    countFrom: (sequence) => void (next = Math.max(next, sequence + 1)),
    log: (sequence) => lines.filter((line) => line.sequence > sequence),
    onLog: onLog.add,
    metrics: () => Promise.resolve(METRICS),
    profile: () => Promise.resolve({}),
    restart() {
      asked.push('restart');
      return Promise.resolve();
    },
    rollBack: () =>
      Promise.reject(
        new MillraceError({
          ...{ code: 'NOTHING_TO_GO_BACK_TO', title: 'nothing before' },
          ...{ message: 'there is nothing to go back to', hint: 'Deploy a bundle.' },
        }),
      ),
    asked,
    get installed() {
      return installed;
    },
    damaged: () =>
      [...pieces].flatMap(([file, parts]) =>
        createHash('sha256').update(Buffer.concat(parts)).digest('hex') === file ? [] : [file],
      ),
    tell,
    runs(digest) {
      if (!candidate || candidate.digest !== digest) throw new Error(`no bundle ${digest} was sent`);
      const release = candidate;
      const { progress: _over, candidate: _none, ...rest } = status;
      status = { ...rest, state: 'idle', process: 'running', running: release, vitals: VITALS };
      const event = { sequence: next++, time: Date.now(), kind: 'deployed', release } as const;
      events.push({ ...event, text: 'it held for 5 min' });
      onEvent.call(events.at(-1) as GatewayEvent);
      onStatus.call(status);
    },
    write(text) {
      lines.push({ sequence: lines.length + 1, time: Date.now(), source: 'flow', text });
      onLog.call(lines.at(-1) as LogLine);
    },
  };
}

const VITALS = {
  ...{ uptime: 61_000, lag: 12, errors: 0, rss: 96_000_000, heap: 20_000_000, handles: 9, predictions: 1_234 },
  outbox: { depth: 3, oldestMs: 100, sent: 900, failures: 0, unreachable: 0 },
  ...{ vectors: { checked: 1, failed: [] }, missing: [] },
};

function listeners<T>() {
  const all = new Set<(value: T) => void>();
  return {
    call: (value: T) => all.forEach((listener) => listener(value)),
    add: (listener: (value: T) => void) => {
      all.add(listener);
      return () => void all.delete(listener);
    },
  };
}
