import { join } from 'node:path';
import type { Socket } from 'socket.io';
import { z } from 'zod';
import { asMillraceError } from '../base/index.ts';
import { signBundle } from '../bundle/index.ts';
import {
  type GatewayRow,
  linkEvent,
  type LinkHello,
  type LinkPair,
  linkStatus,
  type LinkWelcome,
  metricsText,
  writePairingCode,
} from '../messages/index.ts';
import { addressesOf, closedBecause } from './addresses.ts';
import { createChangeFeed } from './change-feed.ts';
import { createConnected } from './connected.ts';
import { openDeploys, type Present } from './deploys/deploys.ts';
import type { DoorOptions } from './door.ts';
import { noStranger } from './door.ts';
import { createEntrance } from './entrance.ts';
import { errors } from './errors.ts';
import { greet } from './greeting.ts';
import { gatewaysLimit, PROFILE_PATIENCE } from './limits.ts';
import { createLine, type Line } from './line.ts';
import { createLogTails } from './log-tails.ts';
import { createPairingWindow } from './pairing.ts';
import { createReleaseVersions } from './release-versions.ts';
import { openRoster, type PairedGateway, withEvent } from './roster.ts';
import { openStudioKeys, type StudioKeys } from './studio-keys.ts';
import type { Gateways, GatewaysOptions } from './types.ts';

/** The studio's side of the line to its gateways. What cannot be used of what was kept about them is warned of. */
export async function createGateways(options: GatewaysOptions): Promise<Gateways> {
  const { directory, host, port, tls, name, clock, warn } = options;
  const roster = await openRoster(join(directory, 'paired'), warn);
  const feed = createChangeFeed(clock);
  const connected = createConnected(feed.changed);
  const tails = createLogTails(clock);
  const versions = createReleaseVersions(directory, clock);
  const present = (gateway: string): Present | undefined => {
    const [line, status] = [connected.line(gateway), connected.status(gateway)];
    return line && status && { line, status };
  };
  const deploys = await openDeploys({
    ...{ directory: join(directory, 'deploys'), clock, present, warn },
    onChange: feed.changed,
  });
  let made: Promise<StudioKeys> | undefined;
  const keys = () =>
    (made ??= openStudioKeys(directory, tls, clock).catch((error: unknown) => {
      // A file that was put right, or a disk with room again, is seen at the next try.
      made = undefined;
      throw error;
    }));

  const doorOptions = async (): Promise<DoorOptions> => {
    const own = await keys();
    const onStranger = (socket: Socket) =>
      greet(socket, {
        ...{ keys: own, pairing, clock, enter, propose, enrol },
        publicKeyOf: (gateway) => roster.get(gateway)?.publicKey,
      });
    return { host, port, certificate: own.certificate, clock, onStranger };
  };
  const entrance = createEntrance(doorOptions, clock, warn);
  const closeUnused = () => {
    feed.changed();
    if (roster.all().length === 0 && !pairing.open) void entrance.close().catch(warn);
  };
  const pairing = createPairingWindow(clock, closeUnused);

  const welcome = async (events: number): Promise<LinkWelcome> => ({
    studio: name,
    addresses: addressesOf(host, entrance.port ?? port).slice(0, 8),
    roots: [...(await keys()).roots],
    events,
  });

  const enter = async (socket: Socket, hello: LinkHello): Promise<LinkWelcome> => {
    const id = hello.identity.gateway;
    await connected.admit(hello);
    const before = roster.get(id);
    if (!before) throw errors.GATEWAY_REFUSED({ gateway: id });
    // What it calls itself, unless somebody has called it something else here.
    const title = before.title === before.identity.name ? hello.identity.name : before.title;
    const paired = { ...before, identity: hello.identity, title, seen: clock.now() };
    await roster.put(paired);
    take(createLine(socket, hello, warn));
    noStranger(socket);
    return await welcome(paired.sequence);
  };
  /** The one that it is known as already, if any. @throws GATEWAYS_FULL, GATEWAY_TWICE */
  const placeFor = async (pair: LinkPair): Promise<PairedGateway | undefined> => {
    const { gateway } = pair.identity;
    if (roster.get(gateway)?.publicKey !== pair.publicKey) await connected.admit(pair);
    const before = roster.get(gateway);
    if (!before && roster.all().length >= gatewaysLimit.value) {
      gatewaysLimit.cost();
      throw errors.GATEWAYS_FULL({ limit: gatewaysLimit.value });
    }
    return before;
  };
  const propose = async (pair: LinkPair): Promise<LinkWelcome> => {
    const before = await placeFor(pair);
    // A gateway that was set up anew counts anew.
    return await welcome(before?.publicKey === pair.publicKey ? before.sequence : 0);
  };
  const enrol = async (socket: Socket, pair: LinkPair): Promise<void> => {
    const { identity, publicKey } = pair;
    const before = await placeFor(pair);
    const same = before?.publicKey === publicKey ? before : undefined;
    // Who stands at the device itself pairs it anew: its connection comes again by what is agreed now.
    if (same) connected.line(identity.gateway)?.end();
    const title = before && before.title !== before.identity.name ? before.title : identity.name;
    const paired: PairedGateway = {
      ...{ format: 1, identity, title, publicKey, paired: clock.now() },
      ...(before?.seen !== undefined && { seen: before.seen }),
      ...(same ? { sequence: same.sequence, events: same.events } : NOTHING_TOLD),
    };
    await roster.put(paired).catch(async (error: unknown) => {
      // What is not on disk is not paired.
      const back = before ? roster.put(before) : roster.remove(identity.gateway);
      await back.catch(() => undefined);
      throw error;
    });
    noStranger(socket);
    feed.changed();
  };

  const take = (line: Line) => {
    const { gateway } = line.hello.identity;
    connected.add(line);
    tails.follow(gateway, line);
    line.hear('status', linkStatus, ({ status }) => {
      connected.setStatus(gateway, status);
      deploys.onStatus(gateway);
      feed.changed();
    });
    line.hear('event', linkEvent, async ({ event }) => {
      const paired = roster.get(gateway);
      if (!paired) return;
      // Acknowledged when it is on disk.
      await roster.put(withEvent(paired, event));
      deploys.onEvent(gateway, event);
      feed.changed();
    });
    void line.ended.then(() => {
      const paired = roster.get(gateway);
      if (paired) roster.put({ ...paired, seen: clock.now() }).catch(warn);
      connected.remove(line);
      feed.changed();
    });
    feed.changed();
  };

  /** @throws GATEWAY_UNKNOWN */
  const known = (gateway: string): PairedGateway => {
    const paired = roster.get(gateway);
    if (!paired) throw errors.GATEWAY_UNKNOWN({ gateway });
    return paired;
  };
  /** @throws GATEWAY_UNKNOWN, GATEWAY_AWAY */
  const lineTo = (gateway: string): Line => {
    const { title } = known(gateway);
    const line = connected.line(gateway);
    if (!line) throw errors.GATEWAY_AWAY({ gateway: title });
    return line;
  };
  const rowOf = ({ identity, title, paired, seen, events }: PairedGateway): GatewayRow => {
    const id = identity.gateway;
    const [status, problem, deploy] = [connected.status(id), connected.problem(id), deploys.shown(id)];
    return {
      ...{ identity, title, connected: connected.line(id) !== undefined, paired, events },
      ...(seen !== undefined && { seen: connected.line(id) ? clock.now() : seen }),
      ...(status && { status }),
      ...(problem && { problem }),
      ...(deploy && { deploy }),
    };
  };
  const closed = () => {
    const { problem } = entrance;
    return problem === undefined ? closedBecause(host) : asMillraceError(problem).toString();
  };

  if (roster.all().length > 0) await entrance.keepOpen();

  return {
    list() {
      const why = closed();
      const rows = roster.all().map(rowOf);
      return {
        gateways: rows.sort((a, b) => a.title.localeCompare(b.title)),
        ...(entrance.port !== undefined && { address: addressesOf(host, entrance.port)[0] }),
        ...(why !== undefined && { closed: why }),
      };
    },
    async pair() {
      if (roster.all().length >= gatewaysLimit.value) {
        gatewaysLimit.cost();
        throw errors.GATEWAYS_FULL({ limit: gatewaysLimit.value });
      }
      const { fingerprint } = await keys();
      await entrance.open();
      const { secret, left } = pairing.renew();
      const addresses = addressesOf(host, entrance.port ?? port);
      const why = closedBecause(host);
      feed.changed();
      return {
        code: writePairingCode({ addresses, secret, fingerprint }),
        ...{ left, address: addresses[0] ?? '' },
        ...(why !== undefined && { closed: why }),
      };
    },
    async sign({ bytes, digest }, group) {
      const { release: key } = await keys();
      const version = await versions.next();
      const signed = signBundle(bytes, { keys: [key], now: clock.now(), version, group });
      const { manifest, issued } = signed.release;
      return { bytes: signed.bytes, release: { name: manifest.name, version, digest, issued } };
    },
    async deploy(gateway, bundle) {
      known(gateway);
      await deploys.start(gateway, bundle);
    },
    async withdraw(gateway) {
      known(gateway);
      await deploys.withdraw(gateway);
    },
    groupOf: (gateway) => known(gateway).identity.group,
    async restart(gateway) {
      await lineTo(gateway).ask('restart', z.unknown());
    },
    async rollBack(gateway) {
      await lineTo(gateway).ask('roll-back', z.unknown());
    },
    async log(gateway, after) {
      known(gateway);
      return await tails.read(gateway, after, connected.line(gateway));
    },
    metrics: async (gateway) => (await lineTo(gateway).ask('metrics', metricsText)).text,
    profile: (gateway) => lineTo(gateway).ask('profile', z.unknown(), {}, PROFILE_PATIENCE),
    connected: (gateway) => connected.line(gateway) !== undefined,
    async forget(gateway) {
      known(gateway);
      await roster.remove(gateway);
      connected.forget(gateway);
      tails.forget(gateway);
      await deploys.forget(gateway);
      closeUnused();
    },
    async rename(gateway, title) {
      await roster.put({ ...known(gateway), title });
      feed.changed();
    },
    onChange: feed.listen,
    async close() {
      feed.close();
      deploys.close();
      pairing.close();
      connected.endAll();
      await entrance.close();
      // When each gateway was last seen.
      await roster.settled();
    },
  };
}

const NOTHING_TOLD = { sequence: 0, events: [] };
