/** The line to the studio, kept open for as long as the gateway runs. What runs on the gateway never waits for it. */
import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { asMillraceError, type Clock, MillraceError, systemClock } from '../../base/index.ts';
import { deviceKey, linkStatement, type SigningKey } from '../../keys/index.ts';
import { type LinkState, linkWelcome } from '../../messages/index.ts';
import { changeGatewaySettings, type GatewaySettings, readGatewaySettings } from '../supervisor/gateway-settings.ts';
import { gatewayPaths } from '../supervisor/paths.ts';
import { pinnedRoot, pinRoot } from '../supervisor/pinned-root.ts';
import type { Gateway } from '../types.ts';
import { askStudio } from './ask.ts';
import { createBackOff } from './back-off.ts';
import { dial, type Dialled } from './dial.ts';
import { errors } from './errors.ts';
import { knownAddresses } from './known-addresses.ts';
import { isSameStudio } from './same-studio.ts';
import { serveStudio } from './serve-studio.ts';
import { tellStudio } from './tell-studio.ts';

export interface StudioLinkOptions {
  readonly userDir: string;
  readonly gateway: Gateway;
  /** For the gateway's log. */
  readonly say: (text: string) => void;
  readonly clock?: Clock;
  readonly random?: () => number;
}

export interface StudioLink {
  readonly connected: boolean;
  /** For who stands beside the gateway. */
  state(): LinkState;
  close(): Promise<void>;
}

type Studio = NonNullable<GatewaySettings['studio']>;

/** ms after which it is noticed that the gateway was paired, or paired anew. */
const LOOK = 3_000;

/** Begins at once and does not throw: what is wrong is said in the log, and tried again. */
export function openStudioLink(options: StudioLinkOptions): StudioLink {
  const { userDir, gateway, say, clock = systemClock, random = Math.random } = options;
  const instance = randomUUID();
  const backOff = createBackOff(clock, random);
  let closed = false;
  let hangUp: (() => void) | undefined;
  let said = '';
  let state: LinkState = { connected: false, since: clock.now() };

  const is = (connected: boolean, why?: string) => {
    const since = connected === state.connected ? state.since : clock.now();
    state = { connected, since, ...(why !== undefined && { why }) };
  };
  const sayOnce = (text: string) => {
    if (text !== said) say(text);
    said = text;
  };
  const studioNow = async () => (await readGatewaySettings(userDir)).studio;

  /** Resolves when the connection has ended. */
  const talk = async (dialled: Dialled, studio: Studio) => {
    const { socket, address } = dialled;
    const ended = new Promise<void>((resolve) => socket.once('disconnect', () => resolve()));
    const stops: (() => void)[] = [];
    try {
      if (!socket.connected) return;
      stops.push(serveStudio(socket, gateway, clock));
      const key = await deviceKey(userDir);
      const welcome = await askStudio(socket, 'hello', linkWelcome, helloOf(dialled, gateway, instance, key));
      await takeIn(dialled, studio, welcome.roots, welcome.addresses);
      backOff.reset();
      is(true);
      sayOnce(`connected to the studio ${welcome.studio} at ${address}`);
      const onSilence = (error: unknown) => {
        sayOnce(asMillraceError(error).toString());
        socket.disconnect();
      };
      gateway.countFrom(welcome.events);
      stops.push(tellStudio({ socket, gateway, events: welcome.events, clock, onSilence }));
      await ended;
      if (!closed) sayOnce('the connection to the studio ended; it is tried again');
    } finally {
      hangUp = undefined;
      is(false);
      for (const stop of stops) stop();
      socket.disconnect();
    }
  };

  /** Newer roots, and where the studio is reached now. */
  const takeIn = async (
    { address, fingerprint }: Dialled,
    studio: Studio,
    roots: readonly unknown[],
    said: readonly string[],
  ) => {
    // It may follow the one that is pinned. Where that is gone, only who stands at the gateway says whom it trusts.
    await pinnedRoot(userDir)
      .then(() => pinRoot(userDir, roots, clock.now()))
      .then(
        ({ changed, root }) => changed && say(`the root of trust is version ${root.version} now`),
        // A root that does not follow changes nothing: the pinned one stays.
        (error: unknown) => say(asMillraceError(error).toString()),
      );
    const addresses = knownAddresses(address, said, studio.addresses);
    const known = addresses.join() === studio.addresses.join() && fingerprint === studio.fingerprint;
    if (known) return;
    const keep = async () => {
      // Whoever has paired it with another studio while this one was dialled has the last word.
      if ((await studioNow())?.paired !== studio.paired) return;
      await changeGatewaySettings(userDir, { studio: { ...studio, addresses, fingerprint } });
    };
    // A disk that is full, which may be why somebody deploys: the connection needs nothing of it.
    await keep().catch((error: unknown) => say(asMillraceError(error).toString()));
  };

  /** @throws what keeps the gateway from its studio, at the last of its addresses */
  const connect = async (studio: Studio): Promise<Dialled> => {
    let failure = errors.STUDIO_UNREACHABLE({ addresses: 'no address', reason: 'none is known' });
    for (const address of studio.addresses) {
      if (closed) break;
      try {
        const dialled = await dial(address, { accept: () => undefined, onBegin: (end) => (hangUp = end) });
        if (dialled.fingerprint === studio.fingerprint) return dialled;
        const root = await pinnedRoot(userDir).catch(() => undefined);
        const same = await isSameStudio(dialled, { publicKey: studio.publicKey, root }).catch(() => false);
        if (same) return dialled;
        dialled.socket.disconnect();
        const { fingerprint: shown } = dialled;
        failure = errors.STUDIO_OTHER_CERTIFICATE({ address, known: studio.fingerprint, shown });
      } catch (error) {
        // Who answers and says no is worth more than an address that nobody answers at.
        if (failure.code === 'STUDIO_UNREACHABLE') failure = asMillraceError(error);
      }
    }
    throw failure;
  };

  const run = async () => {
    while (!closed) {
      let refused = false;
      try {
        const studio = await studioNow();
        if (studio) await talk(await connect(studio), studio);
        else refused = true;
        if (!studio) is(false);
      } catch (error) {
        refused = error instanceof MillraceError && error.code !== 'STUDIO_UNREACHABLE';
        is(false, asMillraceError(error).message);
        if (!closed) sayOnce(asMillraceError(error).toString());
      }
      if (!closed) await backOff.wait(refused);
    }
  };

  /** A pairing is another process's work: it is seen by its file. */
  let seen = '';
  const look = async () => {
    const studio = await studioNow().catch(() => undefined);
    const now = `paired ${studio?.paired ?? 'never'}`;
    if (seen !== '' && now !== seen) {
      backOff.reset();
      hangUp?.();
      backOff.wake();
    }
    seen = now;
  };
  let changedAt = -1;
  const watching = clock.every(LOOK, () => {
    void stat(gatewayPaths(userDir).settings).then(
      ({ mtimeMs }) => {
        if (mtimeMs !== changedAt) void look();
        changedAt = mtimeMs;
      },
      () => undefined,
    );
  });
  void look();
  const running = run();

  return {
    get connected() {
      return state.connected;
    },
    state: () => state,
    async close() {
      closed = true;
      watching.cancel();
      hangUp?.();
      backOff.wake();
      await running;
    },
  };
}

function helloOf({ challenge, fingerprint }: Dialled, { identity }: Gateway, instance: string, key: SigningKey) {
  const statement = linkStatement('gateway hello', [challenge.nonce, fingerprint, identity.gateway, instance]);
  return { identity, instance, signature: Buffer.from(key.sign(statement)).toString('base64url') };
}
