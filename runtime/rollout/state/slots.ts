import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { MillraceError } from '../../base/index.ts';
import { checkUnpacked, type OpenBundle, readBundle, removeBundle, statedRelease } from '../../bundle/index.ts';
import { writeDurably } from '../../keys/index.ts';
import type { ReleaseFacts } from '../../messages/index.ts';
import { EMPTY_STATE, type RolloutState, type Slot, SLOTS } from './rollout-state.ts';

/** The two places of a gateway's bundles. */
export interface Slots {
  directory(slot: Slot): string;
  /** What a slot holds, by its description; nothing where it is not whole. */
  read(slot: Slot): Promise<OpenBundle | undefined>;
  /** Why its bundle can never be used again; nothing where it is whole, or where the disk may still give it. */
  lost(slot: Slot): Promise<string | undefined>;
  /** Says beside the slot that its bundle has held: what is left to go by where the state is damaged. */
  markProven(slot: Slot, release: ReleaseFacts): Promise<void>;
  /** Before another bundle comes into the slot. */
  unmark(slot: Slot): Promise<void>;
  /** Removes what is in it. */
  empty(slot: Slot): Promise<void>;
  /** Removes what a power cut left of a bundle that was being unpacked, as far as the disk lets go of it. */
  tidy(): Promise<void>;
  /** What the slots themselves say: each is held against its SHA-256s. */
  stateFromSlots(): Promise<RolloutState>;
}

export async function openSlots(gateway: string): Promise<Slots> {
  const folder = join(gateway, 'slots');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const directory = (slot: Slot) => join(folder, slot);
  const mark = (slot: Slot) => join(folder, `${slot}.proven`);
  const isProven = async (slot: Slot, digest: string) => {
    const text = await readFile(mark(slot), 'utf8').catch(() => '');
    return text.trim() === digest;
  };

  return {
    directory,
    read: (slot) => readBundle(directory(slot)).catch(() => undefined),
    lost: (slot) =>
      readBundle(directory(slot)).then(
        () => undefined,
        (error: unknown) => (isGone(error) ? (error as Error).message : undefined),
      ),
    markProven: (slot, { digest }) => writeDurably(mark(slot), `${digest}\n`),
    unmark: (slot) => rm(mark(slot), { force: true }),
    async empty(slot) {
      await rm(mark(slot), { force: true });
      await removeBundle(directory(slot));
    },
    async tidy() {
      // What the disk does not let go of only takes room: that is seen where something needs it.
      const letGo = (removed: Promise<void>) => removed.catch(() => undefined);
      for (const name of await readdir(folder)) {
        if (/^[ab]\.(partial|packages)-/.test(name)) await letGo(removeBundle(join(folder, name)));
        else if (name.endsWith('.draft')) await letGo(rm(join(folder, name), { force: true }));
      }
    },
    async stateFromSlots() {
      const found: { slot: Slot; release: ReleaseFacts; proven: boolean }[] = [];
      for (const slot of SLOTS) {
        const bundle = await checkUnpacked(directory(slot)).catch(() => undefined);
        const release = bundle && factsOf(bundle);
        if (release) found.push({ slot, release, proven: await isProven(slot, release.digest) });
      }
      const [first, second] = found.sort(
        (one, two) => Number(two.proven) - Number(one.proven) || two.release.version - one.release.version,
      );
      if (!first) return EMPTY_STATE;
      const record = ({ release, proven }: typeof first) => ({ release, proven, failed: false });
      const slots: RolloutState['slots'] = { [first.slot]: record(first) };
      if (second) slots[second.slot] = record(second);
      // What is not known to have held may have failed its own tests: nobody starts it.
      if (!first.proven) return { ...EMPTY_STATE, slots };
      const held = found.filter(({ proven }) => proven).map(({ release }) => release);
      const newest = held.sort((one, two) => two.version - one.version)[0];
      return { ...EMPTY_STATE, active: first.slot, slots, ...(newest && { newest }) };
    },
  };
}

const DAMAGED = new Set(['BUNDLE_COMPRESSED', 'BUNDLE_INVALID', 'BUNDLE_CUT', 'BUNDLE_ALTERED', 'BUNDLE_PATH_UNSAFE']);

/** Not so where the disk has trouble, or this Millrace is too old for it: both may pass, and the bundle is there still. */
function isGone(error: unknown): boolean {
  if (!(error instanceof MillraceError)) return false;
  const { code } = (error.cause ?? {}) as NodeJS.ErrnoException;
  return DAMAGED.has(error.code) || (error.code === 'BUNDLE_MISSING' && (code === 'ENOENT' || code === 'ENOTDIR'));
}

/** What the signature beside a bundle says. It was verified before the bundle came into its slot. */
function factsOf(bundle: OpenBundle): ReleaseFacts | undefined {
  try {
    const release = statedRelease(bundle);
    const { name } = bundle.manifest;
    return release && { name, version: release.version, digest: bundle.digest, issued: release.issued };
  } catch {
    return undefined;
  }
}
