/** What a broker answers, by its numbers. @see MQTT 3.1.1, table 3.1; MQTT 5, 2.4 */
import type { MillraceError } from '../../base/index.ts';
import { errors } from '../errors.ts';

/** Not with these names. */
const SIGN_IN = new Set([2, 4, 5, 0x85, 0x86, 0x87, 0x8a, 0x8c]);

/** Later perhaps. */
const BUSY = new Set([3, 0x88, 0x89, 0x8b, 0x91, 0x93, 0x96, 0x97, 0x9f]);

const VERSION = new Set([1, 0x84]);
const MOVED = new Set([0x9c, 0x9d]);
const NOT_AUTHORIZED = 0x87;

const codeOf = (thrown: unknown): number => {
  const { code } = (thrown ?? {}) as { code?: unknown };
  return typeof code === 'number' ? code : 0;
};
const wordsOf = (thrown: unknown) => (thrown instanceof Error ? thrown.message : String(thrown));

/** Why a broker did not let us in; `undefined` if it was not the broker who said no. */
export function connackError(address: string, version: string, thrown: unknown): MillraceError | undefined {
  const code = codeOf(thrown);
  const options = { cause: thrown };
  const reason = wordsOf(thrown);
  if (code === 0) return undefined;
  if (SIGN_IN.has(code)) return errors.DESTINATION_REFUSED({ address, reason }, options);
  if (BUSY.has(code)) return errors.DESTINATION_BUSY({ address, reason }, options);
  if (MOVED.has(code)) return errors.DESTINATION_MISSING({ address, reason }, options);
  if (!VERSION.has(code)) return undefined;
  const speak = `it does not speak MQTT ${version}: choose ${version === '5' ? '3.1.1' : '5'} in the target`;
  return errors.DESTINATION_UNREACHABLE({ address, reason: speak }, options);
}

/** Why a message was not taken. `final`: it never will be. */
export interface Answer {
  readonly error: MillraceError;
  readonly final: boolean;
}

/** What a PUBACK with a reason means for its message. */
export function pubackError(address: string, topic: string, thrown: unknown): Answer {
  const code = codeOf(thrown);
  const options = { cause: thrown };
  const reason = wordsOf(thrown);
  if (code === 0) return { error: errors.DESTINATION_UNREACHABLE({ address, reason }, options), final: false };
  if (BUSY.has(code)) return { error: errors.DESTINATION_BUSY({ address, reason }, options), final: false };
  // The message is not at fault: whoever may do so lets us publish there, and it goes out.
  if (code === NOT_AUTHORIZED) {
    const denied = `publishing to the topic "${topic}" is not allowed`;
    return { error: errors.DESTINATION_FORBIDDEN({ address, reason: denied }, options), final: false };
  }
  return { error: errors.MESSAGE_REFUSED({ address, reason }, options), final: true };
}

/**
 * Some brokers close the connection for what is wrong with a message. Which one that is shows when it is under way alone, as
 * after a few failures it is.
 */
const BLAMES: Readonly<Record<number, string>> = {
  0x81: 'it is malformed',
  0x90: 'the name of its topic is not taken',
  0x95: 'it is too large',
  0x99: 'it has the wrong format',
};

const DISCONNECTS: Readonly<Record<number, string>> = {
  0x8b: 'the broker is shutting down',
  0x8d: 'the broker heard nothing of us for too long',
  0x8e: 'another client signed in with the same client id',
  0x93: 'the broker got more at once than it takes',
  0x96: 'the broker got too many messages',
  0x97: 'our quota at the broker is used up',
  0x98: 'an operator of the broker closed the connection',
};

/** Why a broker ended the connection, as far as it says. */
export function disconnectReason(code = 0): string {
  const blame = BLAMES[code];
  if (blame !== undefined) return `the broker does not take a message: ${blame}`;
  return DISCONNECTS[code] ?? `the broker closed the connection${code ? ` (reason 0x${code.toString(16)})` : ''}`;
}

/** What is wrong with the message for which a broker ended the connection. */
export const blameOf = (code = 0): string | undefined => BLAMES[code];

/**
 * mosquitto answers "packet too large" in a PUBACK, where the standard has no such reason and the client library takes it for
 * a broken connection.
 */
export const foreignPuback = (error: Error): string | undefined =>
  error.message === 'Invalid puback reason code'
    ? 'probably it is too large: the reason is none that MQTT has'
    : undefined;
