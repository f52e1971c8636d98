import type { Timer } from '../../base/index.ts';
import { assembleBundle, type Bundle, parseBundle, readBundle, unpackBundle } from '../../bundle/index.ts';
import type { ReleaseFacts } from '../../messages/index.ts';
import { errors } from '../errors.ts';
import { limits } from '../limits.ts';
import { otherSlot } from '../state/rollout-state.ts';
import { findFiles } from './find-files.ts';
import type { Installing } from './installing.ts';
import { accept, called, isSame, mustBeIdle, type Parts, withoutCandidate } from './parts.ts';
import { makeRoom } from './make-room.ts';
import { bytesOf, isRoom } from './room.ts';
import { runsAlready } from './runs-already.ts';
import type { Rollout } from './types.ts';
import { createVerifiedFiles } from './verified-files.ts';

interface Offered {
  readonly bundle: Bundle;
  readonly release: ReleaseFacts;
  /** SHA-256 → bytes. */
  readonly missing: Map<string, number>;
  /** SHA-256 → where it lies already. */
  found: ReadonlyMap<string, string>;
}

/** How the files of a bundle come to the gateway: piece by piece, only what is missing, or in one file. */
export type Receiving = Pick<Rollout, 'offer' | 'receive' | 'install' | 'withdraw' | 'take'>;

export function createReceiving(parts: Parts, installing: Installing): Receiving {
  const { store, slots, incoming, clock } = parts;
  const keepFree = limits.reserve.value;
  let offered: Offered | undefined;
  /** Was offered, and runs already. */
  let already: ReleaseFacts | undefined;
  const verified = createVerifiedFiles();
  let silence: Timer | undefined;
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = turn.then(work);
    turn = next.catch(() => undefined);
    return next;
  };

  /** While something is done for a sender it is not its silence that takes the time. */
  const forSender = <T>(work: () => Promise<T>): Promise<T> =>
    inTurn(async () => {
      silence?.cancel();
      try {
        return await work();
      } finally {
        if (offered) heard();
      }
    });

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
    const all = bytesOf(bundle);
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
  };

  /** What cannot be begun, as on a full disk, must not keep others from coming. */
  const handOver = async (release: ReleaseFacts, unpack: (directory: string) => Promise<void>) => {
    try {
      const begun = await installing.begin(release, unpack);
      offered = undefined;
      return begun;
    } catch (error) {
      await drop();
      throw error;
    }
  };

  const compare = async (deploy: Offered) => {
    const { files } = deploy.bundle.manifest;
    await incoming.keepOnly(new Set(Object.values(files).map(({ sha256 }) => sha256)));
    deploy.found = await findFiles(deploy.bundle.manifest, slots, incoming, verified);
    deploy.missing.clear();
    for (const { sha256, bytes } of Object.values(files)) {
      if (!deploy.found.has(sha256)) deploy.missing.set(sha256, bytes);
    }
    const needed = bytesOf(deploy.bundle) + sum(deploy.missing.values());
    await makeRoom(parts, deploy.release.name, needed, deploy.found.values());
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
      forSender(async () => {
        const bundle = parseBundle('the offer', manifest, envelope);
        const { release } = await accept(parts, bundle);
        already = (await runsAlready(parts, release)) ? release : undefined;
        if (already) return { missing: [] };
        const goesOn = offered && store.current.state === 'receiving' && isSame(offered.release, release);
        if (!goesOn) await begin(bundle, release);
        if (!offered) throw errors.DEPLOY_NOT_OFFERED({});
        try {
          return await compare(offered);
        } catch (error) {
          await drop();
          throw error;
        }
      }),
    receive: (part) =>
      forSender(async () => {
        const bytes = offered?.missing.get(part.file);
        // Its acknowledgement was lost, and it is sent once more.
        if (offered && bytes === undefined && offered.found.has(part.file)) return;
        if (!offered || bytes === undefined) throw errors.DEPLOY_NOT_OFFERED({});
        await incoming.receive(part, bytes);
        if (!part.last) return;
        offered.missing.delete(part.file);
        offered.found = new Map(offered.found).set(part.file, incoming.file(part.file));
        tellShare(offered);
      }),
    install: () =>
      forSender(async () => {
        if (already) return tellAlready(already);
        if (!offered) throw errors.DEPLOY_NOT_OFFERED({});
        const { bundle, release, missing, found } = offered;
        verified.forget();
        if (missing.size > 0) throw errors.DEPLOY_INCOMPLETE({ name: release.name, missing: missing.size });
        await handOver(release, async (directory) => {
          const fileOf = (sha256: string) => found.get(sha256) ?? incoming.file(sha256);
          await assembleBundle(bundle, fileOf, directory, { keepFree });
        });
      }),
    withdraw: () => inTurn(async () => (offered ? await drop() : undefined)),
    async take(file) {
      const { release, unpacked } = await inTurn(async () => {
        const bundle = await readBundle(file);
        mustBeIdle(store.current);
        const accepted = await accept(parts, bundle);
        if (await runsAlready(parts, accepted.release)) {
          tellAlready(accepted.release);
          return { release: accepted.release, unpacked: undefined };
        }
        const needed = bytesOf(bundle);
        // What has come for another deploy, or for one that was refused, can come again.
        if (!(await isRoom(parts.directory, needed))) await incoming.keepOnly(new Set());
        await makeRoom(parts, accepted.release.name, needed);
        const { digest } = accepted.release;
        await begin(bundle, accepted.release);
        const begun = await handOver(accepted.release, async (directory) => {
          await unpackBundle(file, directory, { digest, keepFree });
        });
        return { release: accepted.release, ...begun };
      });
      // Only then may whoever brought the file take it away: it lies on a stick, or is a copy that was lent.
      await unpacked;
      return release;
    },
  };
}

const sum = (values: Iterable<number>) => [...values].reduce((total, value) => total + value, 0);
