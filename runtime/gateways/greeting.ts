/** The first words between the studio and a connection: who is it? Until that is known nothing else is heard. */
import { randomBytes } from 'node:crypto';
import type { Socket } from 'socket.io';
import { type Clock, toPlainError } from '../base/index.ts';
import { linkStatement, proveSecret, statementSigned } from '../keys/index.ts';
import {
  GATEWAY_PROTOCOL,
  type LinkChallenge,
  type LinkHello,
  linkHello,
  type LinkPair,
  linkPair,
  linkProve,
  type LinkWelcome,
} from '../messages/index.ts';
import { errors } from './errors.ts';
import { DECIDING, GREETING } from './limits.ts';
import type { PairingWindow, TakenCode } from './pairing.ts';
import type { StudioKeys } from './studio-keys.ts';

export interface GreetingOptions {
  readonly keys: StudioKeys;
  readonly pairing: PairingWindow;
  readonly clock: Clock;
  /** By which key a gateway is known. */
  readonly publicKeyOf: (gateway: string) => string | undefined;
  /** Lets in one that has proved who it is. @throws GATEWAY_TWICE */
  readonly enter: (socket: Socket, hello: LinkHello) => Promise<LinkWelcome>;
  /** What a new one is told before it decides; nothing is kept of it yet. @throws GATEWAYS_FULL, GATEWAY_TWICE */
  readonly propose: (pair: LinkPair) => Promise<LinkWelcome>;
  /** Takes on one that wants to be. @throws GATEWAYS_FULL, GATEWAY_TWICE */
  readonly enrol: (socket: Socket, pair: LinkPair) => Promise<void>;
}

type Acknowledge = (answer: unknown) => void;

/** Challenges a connection, and hands it on when it has answered. */
export function greet(socket: Socket, options: GreetingOptions): void {
  const { keys, pairing, clock, publicKeyOf } = options;
  const challenge: LinkChallenge = {
    protocol: GATEWAY_PROTOCOL,
    nonce: randomBytes(32).toString('base64url'),
  };
  const late = clock.after(GREETING, () => socket.disconnect(true));
  socket.once('disconnect', () => late.cancel());

  const hello = async (said: unknown) => {
    const { data } = linkHello.safeParse(said);
    const id = data?.identity.gateway ?? '?';
    const publicKey = publicKeyOf(id);
    const statement = linkStatement('gateway hello', [challenge.nonce, keys.fingerprint, id, data?.instance ?? '']);
    if (!data || publicKey === undefined || !statementSigned(publicKey, statement, data.signature)) {
      throw errors.GATEWAY_REFUSED({ gateway: id });
    }
    return await options.enter(socket, data);
  };

  const pair = async (said: unknown) => {
    const { data } = linkPair.safeParse(said);
    if (!data) throw errors.PAIRING_CODE_REFUSED({});
    const { identity, publicKey, instance, nonce, signature, proof } = data;
    const parts = [challenge.nonce, keys.fingerprint, identity.gateway, publicKey, instance];
    const statement = linkStatement('gateway pairs', parts);
    // Before the code is looked at: who signs wrongly does not hold it for a moment.
    const code = statementSigned(publicKey, statement, signature) ? pairing.take(statement, proof) : undefined;
    if (!code) throw errors.PAIRING_CODE_REFUSED({});
    const welcome = await options.propose(data).catch((error: unknown) => {
      code.giveBack();
      throw error;
    });
    holdCode(code, data);
    const roots = JSON.stringify(welcome.roots);
    const answer = linkStatement('studio pairs', [nonce, keys.fingerprint, roots]);
    return { ...welcome, publicKey: keys.root.publicKey, proof: proveSecret(code.secret, answer) };
  };

  /** It may find that it trusts somebody else: only one that accepts is taken on, and uses the code up. */
  const holdCode = (code: TakenCode, pair: LinkPair) => {
    let accepts = false;
    if (socket.disconnected) return code.giveBack();
    // Whether it accepts or not, it comes again as a gateway by another connection.
    const limit = () => clock.after(DECIDING, () => socket.disconnect(true));
    let tooLate = limit();
    socket.once('disconnect', () => {
      tooLate.cancel();
      if (!accepts) code.giveBack();
    });
    const accept = async () => {
      tooLate.cancel();
      accepts = true;
      try {
        if (!code.good) throw errors.PAIRING_CODE_REFUSED({});
        await options.enrol(socket, pair);
        code.used();
        return {};
      } catch (error) {
        code.giveBack();
        throw error;
      } finally {
        if (socket.connected) tooLate = limit();
      }
    };
    once('accept', accept, false);
  };

  /** One answer a connection: who was wrong comes again by another. */
  const once = (event: string, work: (said: unknown) => unknown, final: boolean) => {
    let heard = false;
    socket.on(event, (said: unknown, acknowledge: unknown) => {
      if (heard || typeof acknowledge !== 'function') return void socket.disconnect(true);
      heard = true;
      if (final) {
        late.cancel();
        for (const each of ['hello', 'pair', 'prove']) socket.removeAllListeners(each);
      }
      const answer = acknowledge as Acknowledge;
      // Whatever the work throws is an answer: a stranger ends nobody's process.
      Promise.resolve(said)
        .then(work)
        .then(
          (value) => answer({ value }),
          (error: unknown) => {
            answer({ problem: toPlainError(error) });
            // After the answer has gone out.
            clock.after(1_000, () => socket.disconnect(true));
          },
        );
    });
  };
  once('hello', hello, true);
  once('pair', pair, true);
  once('prove', (said) => ownSignature(keys, said), false);
  socket.emit('challenge', challenge);
}

/** That a certificate which the gateway has not seen before is this studio's. */
function ownSignature({ root, fingerprint }: StudioKeys, said: unknown): { keyid: string; signature: string } {
  const asked = linkProve.safeParse(said);
  if (!asked.success) throw errors.GATEWAY_ANSWER_INVALID({ gateway: '?', what: 'prove', reason: asked.error.message });
  const { nonce } = asked.data;
  const statement = linkStatement('studio has another certificate', [nonce, fingerprint]);
  return { keyid: root.id, signature: Buffer.from(root.sign(statement)).toString('base64url') };
}
