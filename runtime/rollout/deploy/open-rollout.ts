import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock } from '../../base/index.ts';
import type { GatewayStatus, ReleaseFacts } from '../../messages/index.ts';
import { openState } from '../state/open-state.ts';
import { chosenSlot, type Floor, previousSlot, type RolloutState } from '../state/rollout-state.ts';
import { openSlots } from '../state/slots.ts';
import { openIncoming } from './incoming.ts';
import { createInstalling } from './installing.ts';
import { called, isSame, type Parts } from './parts.ts';
import { createJudging } from './judging.ts';
import { createLeaving } from './leaving.ts';
import { createReceiving } from './receiving.ts';
import { createStarting } from './starting.ts';
import type { Rollout, RolloutOptions, RolloutStatus } from './types.ts';

/** How long a new bundle is watched, ms. */
const PROBATION = 300_000;

/**
 * Opens what `directory` holds: goes on, goes back or drops it, wherever a deploy was cut off.
 *
 * @throws what the disk says where it cannot be read
 */
export async function openRollout(options: RolloutOptions): Promise<Rollout> {
  const { directory, rules, judges, flow, probation = PROBATION, clock = systemClock, tell } = options;
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const listeners = new Set<(status: RolloutStatus) => void>();
  let progress: GatewayStatus['progress'];
  const notify = () => {
    for (const listener of listeners) listener(status());
  };
  await removeDrafts(directory);
  const slots = await openSlots(directory);
  await slots.tidy();
  const { store, found } = await openState(directory, slots, () => {
    progress = undefined;
    notify();
  });
  const closing = new AbortController();
  const parts: Parts = {
    ...{ directory, rules, judges, flow, probation, clock, store, slots },
    incoming: await openIncoming(directory),
    signal: closing.signal,
    tell: (event) => tell?.(event),
    progress(next) {
      progress = next;
      notify();
    },
  };
  const leaving = createLeaving(parts);
  const judging = createJudging(parts, leaving);
  const installing = createInstalling(parts, judging.measure);

  tellFound(found, store.current, parts.tell);
  await judging.finishCommit();

  function status(): RolloutStatus {
    const { state, active, candidate, slots: records, problem: why } = store.current;
    const chosen = chosenSlot(store.current);
    const record = chosen && records[chosen];
    const running = record?.release;
    const newest = newestBeside(store.current.newest, running);
    const before = chosen === active ? previousSlot(store.current) : active;
    const previous = before && records[before]?.release;
    return {
      state,
      ...(progress && { progress }),
      ...(running && { running, held: record?.proven === true }),
      ...(newest && { newest }),
      ...(previous && { previous }),
      ...(candidate && { candidate: candidate.release }),
      ...(why && { problem: why }),
    };
  }

  return {
    ...createReceiving(parts, installing),
    ...createStarting(parts, judging, leaving),
    beat: (vitals) => judging.beat(vitals),
    status,
    onStatus(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async settled() {
      await installing.settled();
      await judging.settled();
    },
    async close() {
      closing.abort();
      await store.close();
      await installing.settled();
    },
  };
}

/** What has been lost since the gateway ended; of what is gone back to is told when it runs. */
function tellFound(found: RolloutState, now: RolloutState, tell: Parts['tell']): void {
  const { problem } = now;
  if (found.candidate && now.state === 'idle' && problem?.code === 'DEPLOY_CUT_OFF') {
    const { release } = found.candidate;
    const text = `${called(release)}: ${problem.message}. What ran before runs.`;
    // Who was still sending goes on where he was: what has come is kept.
    if (found.state === 'receiving') tell({ kind: 'note', release, text });
    else tell({ kind: 'refused', release, problem, text });
  }
  if (found.active === now.active || now.state === 'rolling-back' || problem?.code !== 'BUNDLE_LOST') return;
  tell({ kind: 'note', problem, text: `${problem.message}. There is no other one that has held.` });
}

/** The release that is the least that may come, where that is not to be seen by what runs. */
function newestBeside(newest: Floor | undefined, running: ReleaseFacts | undefined): ReleaseFacts | undefined {
  if (!newest || (running && isSame(newest, running))) return undefined;
  const { keys: _, ...release } = newest;
  return release;
}

const DRAFT =
  /^(((state|newest|status|flow-process)\.json|events\.jsonl)\.[0-9a-f-]{12,}(\.draft)?|lent-[0-9a-f-]{12,}\.mrb)$/;

/** What kills and power cuts have left of files that were being replaced, and of bundles that were lent: none of it keeps the flow from starting. */
async function removeDrafts(directory: string): Promise<void> {
  for (const name of await readdir(directory)) {
    if (DRAFT.test(name)) await rm(join(directory, name), { force: true, recursive: true }).catch(() => undefined);
  }
}
