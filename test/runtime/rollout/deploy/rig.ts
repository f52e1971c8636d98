/** A gateway's folder, bundles that are signed for it, and what a supervisor does, step by step and in virtual time. */
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import type { MillraceError } from '../../../../runtime/base/index.ts';
import type { Vitals } from '../../../../runtime/messages/index.ts';
import {
  openRollout,
  type Rollout,
  type RolloutEvent,
  type RolloutOptions,
} from '../../../../runtime/rollout/index.ts';
import { createVirtualClock } from '../../../../scripts/soak/virtual-clock.ts';
import { bundleOf, DAY, entriesOf, ISSUED, mrb, newKey, rootOf, sha256, signed } from '../../../support/bundles.ts';

/** A disk that takes no time to flush: whether it honours that is for the power cuts to test. */
const QUICK = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

export const PROBATION = 60_000;
const key = newKey();

export type Release = ReturnType<typeof release>;

/** Somebody else's. */
export const otherKey = newKey();
export const rulesOf = (trusted = key) => ({
  ...{ root: rootOf([trusted]), group: 'any', runtime: '0.1.0', architecture: 'linux-x64' },
});

/** A signed bundle; `content` is what makes it another one. */
export function release(version: number, content = `content ${version}`, more: object = {}, by = key) {
  const bundle = bundleOf({
    files: { 'tests/own.json': content, 'recordings/same.bin': 'the same in all of them'.repeat(9), ...more },
  });
  const envelope = signed(bundle, [by], { version });
  const bytes = new Map(entriesOf(bundle).map((entry) => [sha256(entry.bytes), entry.bytes]));
  return {
    version,
    offer: { manifest: bundle.text, envelope },
    digest: sha256(bundle.text),
    bytes,
    mrb: mrb(bundle, envelope),
  };
}

export function vitalsAt(uptime: number, stated: Partial<Vitals> = {}): Vitals {
  return {
    ...{ uptime, lag: 20, errors: 0, rss: 100e6, heap: 30e6, handles: 10, predictions: uptime / 1_000, missing: [] },
    outbox: { depth: 0, oldestMs: 0, sent: uptime, failures: 0, unreachable: 0 },
    vectors: { checked: 1, failed: [] },
    ...stated,
  };
}

export type Rig = Awaited<ReturnType<typeof createRig>>;

/** @param disk where its folder lies */
export async function createRig(options: Partial<RolloutOptions> = {}, disk = QUICK) {
  const root = await mkdtemp(join(disk, 'millrace-rollout-'));
  const directory = join(root, 'gateway');
  const clock = createVirtualClock(ISSUED + DAY);
  const events: RolloutEvent[] = [];
  let restarts = 0;
  let opened: Rollout | undefined;
  const rig = {
    root,
    directory,
    clock,
    events,
    /** How often the rollout has asked for what runs to be ended. */
    restarts: () => restarts,
    get rollout(): Rollout {
      if (!opened) throw new Error('not open');
      return opened;
    },
    async open(more: Partial<RolloutOptions> = {}): Promise<Rollout> {
      opened = await openRollout({
        ...{ directory, clock, probation: PROBATION },
        rules: () => Promise.resolve(rulesOf()),
        judges: { fit: () => Promise.resolve({}), test: () => Promise.resolve() },
        flow: { restart: () => void restarts++ },
        tell: (event) => void events.push(event),
        ...options,
        ...more,
      });
      return opened;
    },
    /** Sends what is missing, in pieces of `size` bytes. @returns the bytes that travelled */
    async send({ bytes }: Release, missing: readonly string[], size = 65_536, held: Record<string, number> = {}) {
      let sent = 0;
      for (const file of missing) {
        const content = bytes.get(file) ?? Buffer.alloc(0);
        let offset = held[file] ?? 0;
        do {
          const piece = content.subarray(offset, offset + size);
          const last = offset + piece.length >= content.length;
          await rig.rollout.receive({ file, offset, bytes: zstdCompressSync(piece), last });
          offset += piece.length;
          sent += piece.length;
          if (last) break;
        } while (offset < content.length);
      }
      return sent;
    },
    /** The bundle as a file. */
    async file({ version, mrb: bytes }: Release): Promise<string> {
      const file = join(root, `pump-${version}.mrb`);
      await writeFile(file, bytes);
      return file;
    },
    /** A whole deploy, until the gateway has judged it standing. */
    async deploy(made: Release): Promise<void> {
      const { missing } = await rig.rollout.offer(made.offer);
      await rig.send(made, missing);
      await rig.rollout.install();
      await rig.rollout.settled();
    },
    /** What runs now is started and is up. */
    async start() {
      const started = await rig.rollout.starting();
      if (started) await rig.rollout.up();
      return started;
    },
    /** It runs for so long, well or as the vitals say. */
    async run(ms: number, stated: (uptime: number) => Partial<Vitals> = () => ({})): Promise<void> {
      for (let uptime = 1_000; uptime <= ms; uptime += 1_000) {
        clock.goTo(clock.monotonic() + 1_000);
        rig.rollout.beat(vitalsAt(uptime, stated(uptime)));
        await rig.rollout.settled();
      }
    },
    async deployAndHold(made: Release): Promise<void> {
      await rig.deploy(made);
      await rig.start();
      await rig.run(PROBATION + 1_000);
    },
    async end(): Promise<void> {
      await opened?.close().catch(() => undefined);
      await rm(root, { recursive: true, force: true });
    },
  };
  return rig;
}

/** A gateway on which bundles of these versions have held, one after the other. */
export async function rigWith(...versions: readonly number[]): Promise<Rig> {
  const rig = await createRig();
  await rig.open();
  for (const version of versions) await rig.deployAndHold(release(version));
  return rig;
}

export const failure = { kind: 'crashed', text: 'it ended with 1' } as const;

/** `fine`, or the code of the error. */
export const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'fine',
    (error: unknown) => (error as MillraceError).code,
  );
