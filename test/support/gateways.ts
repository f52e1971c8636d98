/** A studio's gateway room and gateways that only remember what they were told: for tests of the line between them. */
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import { newId, systemClock } from '../../runtime/base/index.ts';
import { createGateways, type Gateways, type GatewaysOptions } from '../../runtime/gateways/index.ts';
import type {
  DeployOffer,
  GatewayEvent,
  GatewayIdentity,
  GatewayRow,
  GatewayStatus,
  LogLine,
  ReleaseFacts,
} from '../../runtime/messages/index.ts';
import { type Gateway, openStudioLink, pairWithStudio, type StudioLink } from '../../runtime/rollout/index.ts';
import { bundleOf, mrb, type Parts, sha256 } from './bundles.ts';
import { until } from './node-red.ts';

export interface TestStudio {
  readonly gateways: Gateways;
  readonly directory: string;
  /** Where it listens. */
  readonly port: () => number;
  readonly warnings: unknown[];
  row(gateway: string): GatewayRow;
  /** Ends it and keeps its directory. */
  stop(): Promise<void>;
  remove(): Promise<void>;
}

export async function startTestStudio(options: Partial<GatewaysOptions> = {}): Promise<TestStudio> {
  const directory = options.directory ?? (await mkdtemp(join(tmpdir(), 'millrace-gateways-')));
  const warnings: unknown[] = [];
  const gateways = await createGateways({
    ...{ directory, host: '127.0.0.1', port: 0, tls: undefined, name: 'studio.test', clock: systemClock },
    warn: (error) => void warnings.push(error),
    ...options,
  });
  return {
    ...{ gateways, directory, warnings },
    port: () => Number(gateways.list().address?.split(':').at(-1)),
    row(gateway) {
      const found = gateways.list().gateways.find(({ identity }) => identity.gateway === gateway);
      if (!found) throw new Error(`no gateway ${gateway}`);
      return found;
    },
    stop: () => gateways.close(),
    async remove() {
      await gateways.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** A bundle that the studio has signed. */
export async function signedBundle(gateways: Gateways, parts: Parts = {}) {
  const bundle = bundleOf(parts);
  return await gateways.sign({ bytes: mrb(bundle), digest: sha256(bundle.text) }, 'any');
}

/** A gateway without a supervisor: what it is told it keeps, what it answers a test sets. */
export interface FakeGateway extends Gateway {
  readonly offers: DeployOffer[];
  /** By SHA-256, as far as they have come. */
  readonly files: Map<string, Buffer>;
  readonly whole: Set<string>;
  readonly calls: string[];
  /** Of which files it says that they are missing; default: all that it does not have. */
  refuse: Error | undefined;
  set(status: Partial<GatewayStatus>): void;
  add(event: Omit<GatewayEvent, 'sequence' | 'time'>): GatewayEvent;
  write(text: string): void;
}

export function fakeGateway(name = 'pump house', id: string = newId()): FakeGateway {
  const identity: GatewayIdentity = {
    ...{ gateway: id, name, version: '0.1.0', platform: 'linux', architecture: 'arm64', node: '22.15.0', group: 'any' },
  };
  let status: GatewayStatus = { state: 'idle', process: 'stopped', restarts: 0 };
  const events: GatewayEvent[] = [];
  let next = 1;
  const lines: LogLine[] = [];
  const listeners = { status: new Set<(s: GatewayStatus) => void>(), event: new Set<(e: GatewayEvent) => void>() };
  const logListeners = new Set<(line: LogLine) => void>();
  const listen = <T>(held: Set<T>) => {
    return (listener: T) => {
      held.add(listener);
      return () => void held.delete(listener);
    };
  };
  const fake: FakeGateway = {
    ...{ identity, offers: [], files: new Map(), whole: new Set(), calls: [], refuse: undefined },
    offer(offer) {
      fake.offers.push(offer);
      if (fake.refuse) return Promise.reject(fake.refuse);
      const { files } = JSON.parse(offer.manifest) as { files: Record<string, { sha256: string }> };
      const missing = [...new Set(Object.values(files).map((file) => file.sha256))].filter(
        (file) => !fake.whole.has(file),
      );
      const held = Object.fromEntries(
        missing.flatMap((file) => (fake.files.has(file) ? [[file, fake.files.get(file)?.length ?? 0]] : [])),
      );
      return Promise.resolve({ missing, held });
    },
    receive({ file, offset, bytes, last }) {
      const before = fake.files.get(file) ?? Buffer.alloc(0);
      const content = Buffer.concat([before.subarray(0, offset), zstdDecompressSync(bytes)]);
      fake.files.set(file, content);
      if (last && createHash('sha256').update(content).digest('hex') === file) fake.whole.add(file);
      return Promise.resolve();
    },
    install: () => Promise.resolve(void fake.calls.push('install')),
    withdraw: () => Promise.resolve(void fake.calls.push('withdraw')),
    take: () => Promise.reject(new Error('no stick')),
    status: () => status,
    onStatus: listen(listeners.status),
    events: (sequence) => events.filter((event) => event.sequence > sequence),
    onEvent: listen(listeners.event),
    countFrom: (sequence) => void (next = Math.max(next, sequence + 1)),
    log: (sequence) => lines.filter((line) => line.sequence > sequence),
    onLog: listen(logListeners),
    metrics: () => Promise.resolve('millrace_up 1\n'),
    profile: () => Promise.resolve({ memory: 1 }),
    restart: () => Promise.resolve(void fake.calls.push('restart')),
    rollBack: () => (fake.refuse ? Promise.reject(fake.refuse) : Promise.resolve(void fake.calls.push('roll-back'))),
    set(change) {
      status = { ...status, ...change };
      for (const listener of listeners.status) listener(status);
    },
    add(told) {
      const event: GatewayEvent = { ...told, sequence: next++, time: 1_000 };
      events.push(event);
      for (const listener of listeners.event) listener(event);
      return event;
    },
    write(text) {
      const line: LogLine = { sequence: lines.length + 1, time: 1_000, source: 'flow', text };
      lines.push(line);
      for (const listener of logListeners) listener(line);
    },
  };
  return fake;
}

export interface Linked {
  readonly gateway: FakeGateway;
  readonly userDir: string;
  readonly said: string[];
  link: StudioLink;
  /** Opens the link again, as a restart of the gateway does. */
  open(): void;
  close(): Promise<void>;
}

/** A user directory of a gateway's own. */
export const gatewayFolder = () => mkdtemp(join(tmpdir(), 'millrace-gateway-'));

/** Opens the link of a gateway that was paired in this folder. */
export function openLink(userDir: string, gateway: FakeGateway): Linked {
  const said: string[] = [];
  // Reconnects at the shortest pause.
  const open = () => openStudioLink({ userDir, gateway, say: (text) => void said.push(text), random: () => 0 });
  const linked: Linked = {
    ...{ gateway, userDir, said, link: open() },
    open: () => void (linked.link = open()),
    async close() {
      await linked.link.close();
      await rm(userDir, { recursive: true, force: true });
    },
  };
  return linked;
}

/** Pairs a new gateway with the studio, and connects it. */
export async function pairedGateway(studio: TestStudio, gateway = fakeGateway()): Promise<Linked> {
  const userDir = await gatewayFolder();
  const { code } = await studio.gateways.pair();
  await pairWithStudio({ userDir, identity: gateway.identity, code, clock: systemClock });
  const linked = openLink(userDir, gateway);
  await connectedIn(studio, gateway);
  return linked;
}

export const connectedIn = (studio: TestStudio, { identity }: Pick<Gateway, 'identity'>) =>
  until(() => {
    const { connected, status } = studio.row(identity.gateway);
    return connected && status !== undefined;
  }, 'the gateway to connect');

export const factsOf = ({ release }: { readonly release: ReleaseFacts }) => release;
