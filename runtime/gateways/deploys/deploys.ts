/** One deploy a gateway: it waits, is sent when the gateway is there, and is followed until the gateway has decided. */
import { z } from 'zod';
import { type Clock, MillraceError, type Timer, toPlainError } from '../../base/index.ts';
import {
  deployAnswer,
  type GatewayEvent,
  type GatewayRow,
  type GatewayStatus,
  type ReleaseFacts,
} from '../../messages/index.ts';
import { errors } from '../errors.ts';
import { DEPLOY_PATIENCE } from '../limits.ts';
import type { Line } from '../line.ts';
import type { SignedBundle } from '../types.ts';
import { openContent } from './content.ts';
import { keptDeploys } from './kept.ts';
import { outcomeOf, sameRelease, saidBy } from './outcome.ts';
import { sendFiles } from './send-files.ts';

type Shown = NonNullable<GatewayRow['deploy']>;

/** A gateway that is there and has told what happened while it was not. */
export interface Present {
  readonly line: Line;
  readonly status: GatewayStatus;
}

export interface Deploys {
  /** @throws DEPLOY_UNDER_WAY, what is wrong with the bundle */
  start(gateway: string, bundle: SignedBundle): Promise<void>;
  shown(gateway: string): Shown | undefined;
  /** To be called for each status of a gateway that is there. */
  onStatus(gateway: string): void;
  onEvent(gateway: string, event: GatewayEvent): void;
  /**
   * Takes a deploy back that waits or is being sent, and puts one aside that has ended.
   *
   * @throws DEPLOY_NOT_WITHDRAWN where there is none, or the gateway was told that it has all of it; that its files cannot be removed
   */
  withdraw(gateway: string): Promise<void>;
  forget(gateway: string): Promise<void>;
  /** What is on disk waits for the next start. */
  close(): void;
}

interface Deploy {
  readonly release: ReleaseFacts;
  shown: Shown;
  /** It is being kept, offered or sent just now. */
  busy: boolean;
  /** Runs since the gateway neither works on it nor runs it. */
  idle?: Timer;
  /** A file came to the gateway other than it was: once that may be what a power cut has left of it. */
  spoilt?: boolean;
  /** The gateway ended while it put it together. */
  cutOff?: boolean;
  /** The gateway was told that it has all: it decides alone, unless it turns out not to have heard it. */
  handedOver: boolean;
}

/** ms in which the reason of an end may still come. */
const GRACE = 10_000;
const ENDED = new Set<Shown['phase']>(['done', 'failed']);
/** It is not there yet, as far as the studio knows. */
const COMING = new Set<Shown['phase']>(['waiting', 'offering', 'sending']);
/** Nothing is wrong, only not now; the last: it had been too long without a piece. */
const LATER = new Set(['GATEWAY_AWAY', 'GATEWAY_UNANSWERED', 'DEPLOY_BUSY', 'DEPLOY_NOT_OFFERED']);
/** ms until what the gateway has let go of is offered again. */
const AGAIN = 1_000;

export interface DeploysOptions {
  readonly directory: string;
  readonly clock: Clock;
  readonly present: (gateway: string) => Present | undefined;
  readonly onChange: () => void;
  /** Told of files that cannot be read or removed. */
  readonly warn: (error: unknown) => void;
}

export async function openDeploys(options: DeploysOptions): Promise<Deploys> {
  const { directory, clock, present, onChange, warn } = options;
  const kept = keptDeploys(directory, warn);
  const deploys = new Map<string, Deploy>();

  const show = (deploy: Deploy, change: Partial<Shown>) => {
    deploy.shown = { ...deploy.shown, ...change };
    onChange();
  };
  const awake = (deploy: Deploy) => {
    deploy.idle?.cancel();
    delete deploy.idle;
  };
  const taken = (gateway: string, deploy: Deploy) => deploys.get(gateway) !== deploy;
  const end = async (gateway: string, deploy: Deploy, problem?: unknown) => {
    awake(deploy);
    if (taken(gateway, deploy)) return;
    const { problem: _, ...shown } = deploy.shown;
    const ended = problem ? { phase: 'failed' as const, problem: toPlainError(problem) } : { phase: 'done' as const };
    deploy.shown = { ...shown, ...ended };
    onChange();
    // What cannot be removed is offered again after a restart, and found to run already.
    await kept.drop(gateway).catch(warn);
  };

  /** Also on disk: after a restart of the studio it may not be called withdrawn when it is not. */
  const handOver = async (gateway: string, deploy: Deploy, handedOver: boolean) => {
    if (deploy.handedOver === handedOver || taken(gateway, deploy) || ENDED.has(deploy.shown.phase)) return;
    deploy.handedOver = handedOver;
    await kept.note(gateway, { release: deploy.release, handedOver }).catch(warn);
  };

  const soon = (gateway: string, deploy: Deploy, delay: number, waited: boolean) => {
    deploy.idle ??= clock.after(delay, () => {
      delete deploy.idle;
      follow(gateway, deploy, waited);
    });
  };

  const send = async (gateway: string, deploy: Deploy, line: Line) => {
    deploy.busy = true;
    try {
      const content = await openContent(kept.fileOf(gateway), deploy.release);
      if (taken(gateway, deploy)) return;
      show(deploy, { phase: 'offering' });
      const { manifest, envelope } = content;
      const answer = await line.ask('offer', deployAnswer, { manifest, envelope }, DEPLOY_PATIENCE);
      await handOver(gateway, deploy, false);
      show(deploy, { phase: 'sending' });
      await sendFiles(line, content, answer, {
        clock,
        goOn: () => !taken(gateway, deploy),
        onProgress: (bytes) => show(deploy, { bytes }),
      });
      if (taken(gateway, deploy)) return;
      await handOver(gateway, deploy, true);
      await line.ask('install', z.unknown(), {}, DEPLOY_PATIENCE);
      // Its event may have been faster.
      if (!ENDED.has(deploy.shown.phase)) show(deploy, { phase: 'gateway' });
    } catch (error) {
      if (taken(gateway, deploy)) return;
      const code = error instanceof MillraceError ? error.code : '';
      // A connection that does not answer is given up: by the next one it goes on where it stopped.
      if (code === 'GATEWAY_UNANSWERED') line.end();
      const spoilt = code === 'DEPLOY_PART_WRONG' && deploy.spoilt !== true;
      if (spoilt) deploy.spoilt = true;
      if (!LATER.has(code) && !spoilt) return await end(gateway, deploy, error);
      if (!ENDED.has(deploy.shown.phase)) show(deploy, { phase: 'waiting' });
      // It may have nothing new to tell by which this would go on.
      if (spoilt || code === 'DEPLOY_NOT_OFFERED') soon(gateway, deploy, AGAIN, false);
    } finally {
      deploy.busy = false;
    }
    // It may have said so while it was still being sent to, and says nothing twice.
    const status = present(gateway)?.status;
    if (status && outcomeOf(status, deploy.release) === 'runs') follow(gateway, deploy, false);
  };

  const follow = (gateway: string, deploy: Deploy, waited: boolean): void => {
    const there = present(gateway);
    if (!there || deploy.busy || ENDED.has(deploy.shown.phase) || taken(gateway, deploy)) return;
    const { line, status } = there;
    const outcome = outcomeOf(status, deploy.release);
    if (outcome !== 'idle') awake(deploy);
    if (outcome === 'runs') return void end(gateway, deploy);
    if (outcome === 'other') return;
    if (outcome === 'works' && status.state !== 'receiving') {
      void handOver(gateway, deploy, true);
      if (deploy.shown.phase !== 'gateway') show(deploy, { phase: 'gateway' });
      return;
    }
    if (deploy.shown.phase !== 'gateway') return void send(gateway, deploy, line);
    if (outcome === 'works') return;
    // The gateway has let go of it. The reason comes as an event, a moment before or after.
    if (!waited) return soon(gateway, deploy, GRACE, true);
    const { version } = deploy.release;
    const lost = errors.DEPLOY_LOST({ gateway: line.hello.identity.name, version });
    void end(gateway, deploy, status.problem ?? lost);
  };

  for (const { gateway, release, handedOver = false } of await kept.list()) {
    deploys.set(gateway, { release, shown: { release, phase: 'waiting' }, busy: false, handedOver });
  }

  return {
    async start(gateway, bundle) {
      const { release } = bundle;
      const under = deploys.get(gateway);
      const held = under && (under.busy || (under.shown.phase === 'gateway' && present(gateway) !== undefined));
      if (held) throw errors.DEPLOY_UNDER_WAY({ gateway, version: under.release.version });
      const deploy: Deploy = { release, shown: { release, phase: 'waiting' }, busy: true, handedOver: false };
      deploys.set(gateway, deploy);
      try {
        await kept.keep(gateway, bundle);
        await openContent(kept.fileOf(gateway), release);
      } catch (error) {
        // Somebody has withdrawn it meanwhile, and its files with it.
        if (taken(gateway, deploy)) return;
        deploys.delete(gateway);
        await kept.drop(gateway);
        throw error;
      } finally {
        deploy.busy = false;
        if (under) awake(under);
      }
      onChange();
      follow(gateway, deploy, false);
    },
    shown(gateway) {
      const deploy = deploys.get(gateway);
      if (!deploy?.handedOver || !COMING.has(deploy.shown.phase)) return deploy?.shown;
      return { ...deploy.shown, handedOver: true };
    },
    onStatus(gateway) {
      const deploy = deploys.get(gateway);
      if (deploy) follow(gateway, deploy, false);
    },
    onEvent(gateway, event) {
      const deploy = deploys.get(gateway);
      if (!deploy || deploy.shown.phase === 'done' || !sameRelease(event.release, deploy.release)) return;
      const said = saidBy(event);
      // Once: the gateway lost its power, or the bundle itself has ended it.
      const cutOff = said !== 'deployed' && said?.code === 'DEPLOY_CUT_OFF';
      if (cutOff && !deploy.cutOff && !ENDED.has(deploy.shown.phase)) {
        deploy.cutOff = true;
        void handOver(gateway, deploy, false);
        show(deploy, { phase: 'waiting' });
        soon(gateway, deploy, AGAIN, false);
      } else if (said) void end(gateway, deploy, said === 'deployed' ? undefined : said);
    },
    async withdraw(gateway) {
      const deploy = deploys.get(gateway);
      const ended = deploy && ENDED.has(deploy.shown.phase);
      if (!deploy || (deploy.handedOver && !ended)) throw errors.DEPLOY_NOT_WITHDRAWN({});
      const { phase } = deploy.shown;
      const line = phase === 'offering' || phase === 'sending' ? present(gateway)?.line : undefined;
      // Otherwise it would wait for more, and do nothing else meanwhile.
      line?.ask('withdraw', z.unknown()).catch(() => undefined);
      awake(deploy);
      deploys.delete(gateway);
      onChange();
      try {
        await kept.drop(gateway);
      } catch (error) {
        // With its files it would be there again after a restart.
        if (!deploys.has(gateway)) deploys.set(gateway, deploy);
        if (!ended) show(deploy, { phase: 'waiting' });
        throw error;
      }
    },
    async forget(gateway) {
      const deploy = deploys.get(gateway);
      if (deploy) awake(deploy);
      deploys.delete(gateway);
      await kept.drop(gateway);
    },
    close() {
      for (const deploy of deploys.values()) awake(deploy);
    },
  };
}
