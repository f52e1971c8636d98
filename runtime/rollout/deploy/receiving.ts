import { statfs } from 'node:fs/promises';
import type { Timer } from '../../base/index.ts';
import { assembleBundle, type Bundle, parseBundle, readBundle, unpackBundle } from '../../bundle/index.ts';
import type { ReleaseFacts } from '../../messages/index.ts';
import { errors } from '../errors.ts';
import { limits } from '../limits.ts';
import { otherSlot } from '../state/rollout-state.ts';
import { findFiles } from './find-files.ts';
import type { Installing } from './installing.ts';
import { accept, called, isSame, mustBeIdle, type Parts, withoutCandidate } from './parts.ts';
import type { Rollout } from './types.ts';

/** What is left free for what runs. */
const MARGIN = 8_000_000;

interface Offered {
  readonly bundle: Bundle;
  readonly release: ReleaseFacts;
  /** SHA-256 → bytes. */
  readonly missing: Map<string, number>;
  /** SHA-256 → where it lies already. */
  found: ReadonlyMap<string, string>;
}

/** How the files of a bundle come to the gateway: piece by piece, only what is missing, or in one file. */
export type Receiving = Pick<Rollout, 'offer' | 'receive' | 'install' | 'take'>;

export function createReceiving(parts: Parts, installing: Installing): Receiving {
  const { store, slots, incoming, clock } = parts;
  let offered: Offered | undefined;
  /** Was offered, and runs already. */
  let already: ReleaseFacts | undefined;
  let silence: Timer | undefined;
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = turn.then(work);
    turn = next.catch(() => undefined);
    return next;
  };

  const runs = (release: ReleaseFacts) => {
    const { state, active, slots: records } = store.current;
    return state === 'idle' && active !== undefined && isSame(records[active]?.release, release);
  };
  const heard = () => {
    silence?.cancel();
    silence = clock.after(limits.receiving.value, () => {
      limits.receiving.cost();
      void inTurn(drop).catch(() => undefined);
    });
  };
  parts.signal.addEventListener('abort', () => silence?.cancel());

  /** What has come stays for the next offer. */
  const drop = async () => {
    silence?.cancel();
    offered = undefined;
    await store.settle((state) =>
      state.state === 'receiving' ? { ...withoutCandidate(state), state: 'idle' } : state,
    );
  };
  const tellShare = ({ missing, bundle, found }: Offered) => {
    const all = sum(Object.values(bundle.manifest.files).map(({ bytes }) => bytes));
    const left = sum(missing.values());
    const share = all === 0 ? 1 : (all - left) / all;
    parts.progress({ text: `${missing.size} of ${missing.size + found.size} files are still to come`, share });
  };

  const tellAlready = (release: ReleaseFacts) =>
    parts.tell({ kind: 'deployed', release, text: `${called(release)} runs already` });

  const begin = async (bundle: Bundle, release: ReleaseFacts) => {
    await store.update((state) => {
      mustBeIdle(state);
      return {
        ...state,
        state: 'receiving',
        candidate: { release, slot: otherSlot(state.active), starts: 0 },
      };
    });
    offered = { bundle, release, missing: new Map(), found: new Map() };
    heard();
  };

  /** What cannot be begun, as on a full disk, must not keep others from coming. */
  const handOver = async (release: ReleaseFacts, unpack: (directory: string) => Promise<void>) => {
    try {
      await installing.begin(release, unpack);
    } catch (error) {
      await drop();
      throw error;
    }
    silence?.cancel();
    offered = undefined;
  };

  const compare = async (deploy: Offered) => {
    const { files } = deploy.bundle.manifest;
    await incoming.keepOnly(new Set(Object.values(files).map(({ sha256 }) => sha256)));
    deploy.found = await findFiles(deploy.bundle.manifest, slots, incoming);
    deploy.missing.clear();
    for (const { sha256, bytes } of Object.values(files)) {
      if (!deploy.found.has(sha256)) deploy.missing.set(sha256, bytes);
    }
    const needed = sum(Object.values(files).map(({ bytes }) => bytes)) + sum(deploy.missing.values());
    await checkRoom(parts.directory, deploy.release.name, needed);
    tellShare(deploy);
    const held: Record<string, number> = {};
    for (const sha256 of deploy.missing.keys()) {
      const bytes = await incoming.held(sha256);
      if (bytes > 0) held[sha256] = bytes;
    }
    return { missing: [...deploy.missing.keys()], ...(Object.keys(held).length > 0 && { held }) };
  };

  return {
    offer: ({ manifest, envelope }) =>
      inTurn(async () => {
        const bundle = parseBundle('the offer', manifest, envelope);
        const release = await accept(parts, bundle);
        already = runs(release) ? release : undefined;
        if (already) return { missing: [] };
        const goesOn = offered && store.current.state === 'receiving' && isSame(offered.release, release);
        if (!goesOn) await begin(bundle, release);
        if (!offered) throw errors.DEPLOY_NOT_OFFERED({});
        try {
          return await compare(offered);
        } catch (error) {
          await drop();
          throw error;
        } finally {
          if (offered) heard();
        }
      }),
    receive: (part) =>
      inTurn(async () => {
        const bytes = offered?.missing.get(part.file);
        // Its acknowledgement was lost, and it is sent once more.
        if (offered && bytes === undefined && offered.found.has(part.file)) return;
        if (!offered || bytes === undefined) throw errors.DEPLOY_NOT_OFFERED({});
        heard();
        await incoming.receive(part, bytes);
        if (!part.last) return;
        offered.missing.delete(part.file);
        offered.found = new Map(offered.found).set(part.file, incoming.file(part.file));
        tellShare(offered);
      }),
    install: () =>
      inTurn(async () => {
        if (already) return tellAlready(already);
        if (!offered) throw errors.DEPLOY_NOT_OFFERED({});
        const { bundle, release, missing, found } = offered;
        if (missing.size > 0) throw errors.DEPLOY_INCOMPLETE({ name: release.name, missing: missing.size });
        await handOver(release, async (directory) => {
          await assembleBundle(bundle, (sha256) => found.get(sha256) ?? incoming.file(sha256), directory);
        });
      }),
    take: (file) =>
      inTurn(async () => {
        const bundle = await readBundle(file);
        mustBeIdle(store.current);
        const release = await accept(parts, bundle);
        if (runs(release)) {
          tellAlready(release);
          return release;
        }
        const { digest } = release;
        await begin(bundle, release);
        await handOver(release, async (directory) => {
          await unpackBundle(file, directory, { digest });
        });
        return release;
      }),
  };
}

const sum = (values: Iterable<number>) => [...values].reduce((total, value) => total + value, 0);

/** Before anything is sent that would not fit in the end. */
async function checkRoom(directory: string, name: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(directory);
  const free = bavail * bsize;
  if (free < bytes + MARGIN) throw errors.DEPLOY_NO_ROOM({ name, needed: bytes + MARGIN, free });
}
