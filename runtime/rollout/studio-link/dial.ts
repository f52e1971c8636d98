import type { Agent } from 'node:https';
import { io, type Socket } from 'socket.io-client';
import { MillraceError } from '../../base/index.ts';
import {
  GATEWAY_PATH,
  GATEWAY_PROTOCOL,
  gatewayProblem,
  linkChallenge,
  type LinkChallenge,
} from '../../messages/index.ts';
import { errors } from './errors.ts';
import { pinnedAgent } from './pinned-agent.ts';

/** A connection to the studio that has been challenged and has not said yet who it is. */
export interface Dialled {
  readonly address: string;
  readonly socket: Socket;
  readonly challenge: LinkChallenge;
  /** Of the certificate that the studio shows. */
  readonly fingerprint: string;
}

export interface DialOptions {
  /** Which certificate is taken; what it throws ends the attempt. */
  readonly accept: (fingerprint: string) => void;
  /** Given what ends the attempt, or the connection. */
  readonly onBegin?: (hangUp: () => void) => void;
}

/** ms for the connection up to the challenge. */
const PATIENCE = 20_000;
/** Of one message of the studio: the manifest of the largest bundle, twice. */
const LONGEST_MESSAGE = 16_000_000;

/**
 * Connects to a studio at one address.
 *
 * @throws STUDIO_UNREACHABLE, STUDIO_ANSWER_INVALID, what `accept` throws, what the studio refuses the connection with
 */
export async function dial(address: string, { accept, onBegin }: DialOptions): Promise<Dialled> {
  let fingerprint = '';
  let refusal: unknown;
  const agent = pinnedAgent((shown) => {
    fingerprint = shown;
    try {
      accept(shown);
    } catch (error) {
      refusal = error;
      throw error;
    }
  });
  const socket = io(`https://${address}`, {
    path: GATEWAY_PATH,
    transports: ['websocket'],
    auth: { protocol: GATEWAY_PROTOCOL },
    // Whoever dials knows better when to try again, and where.
    reconnection: false,
    forceNew: true,
    timeout: PATIENCE,
    perMessageDeflate: { threshold: 1024 },
    ...forNode(agent),
  });
  try {
    const said = await challengeFrom(socket, address, onBegin);
    const challenge = linkChallenge.safeParse(said);
    if (!challenge.success) throw errors.STUDIO_ANSWER_INVALID({ what: 'challenge', reason: challenge.error.message });
    return { address, socket, challenge: challenge.data, fingerprint };
  } catch (error) {
    socket.disconnect();
    throw refusal ?? error;
  }
}

/** Options of the WebSocket under it that the types, which are the browser's, do not name. */
const forNode = (agent: Agent) => ({ agent, maxPayload: LONGEST_MESSAGE }) as unknown as { agent: string };

function challengeFrom(socket: Socket, address: string, onBegin: DialOptions['onBegin']): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const fail = (reason: string, cause?: unknown) =>
      reject(errors.STUDIO_UNREACHABLE({ addresses: address, reason }, { cause }));
    const late = setTimeout(() => fail('it takes the connection and says nothing'), PATIENCE);
    const settle = (work: () => void) => {
      clearTimeout(late);
      work();
    };
    onBegin?.(() => {
      // Where it is not connected yet nothing else says so.
      settle(() => fail('it is not wanted any more'));
      socket.disconnect();
    });
    socket.once('challenge', (said: unknown) => settle(() => resolve(said)));
    socket.once('disconnect', (reason) => settle(() => fail(reason)));
    socket.once('connect_error', (error: Error & { readonly data?: unknown }) =>
      settle(() => {
        const told = gatewayProblem.safeParse(error.data);
        if (told.success) reject(new MillraceError(told.data));
        else fail(reasonIn(error), error);
      }),
    );
  });
}

/** The WebSocket's error has the system's own inside. */
function reasonIn(error: Error & { readonly description?: unknown }): string {
  const { description } = error;
  const inner = (description as { readonly error?: unknown } | undefined)?.error;
  return inner instanceof Error && inner.message !== '' ? inner.message : error.message;
}
