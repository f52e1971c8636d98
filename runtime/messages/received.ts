import { wireMessage } from './upload.ts';

/**
 * The messages that a gateway's outbox sent, taken out of what *mqtt in* or *http in* made of them: one message, an array of
 * them, or JSON lines; as objects, text or bytes. Each has its `key`.
 *
 * @returns `undefined` if the payload is anything else: then it is no delivery but a message of one's own
 *
 * @example receivedMessages({ payload: '{"payload":3,"key":{"gateway":"g","stream":"s","sequence":1}}' })?.length; // 1
 * @example receivedMessages({ payload: 3 }); // undefined
 */
export function receivedMessages(
  message: Readonly<Record<string, unknown>>,
): readonly Readonly<Record<string, unknown>>[] | undefined {
  const found = listOf(message['payload']);
  if (found.length === 0 || !found.every((one) => wireMessage.safeParse(one).success)) return undefined;
  return found as Record<string, unknown>[];
}

function listOf(payload: unknown): readonly unknown[] {
  if (Array.isArray(payload)) return payload;
  if (payload instanceof Uint8Array) return listOf(new TextDecoder().decode(payload));
  if (typeof payload !== 'string') return [payload];
  const text = payload.trim();
  // Most payloads are no delivery: only what looks like one is parsed.
  if (!/^[[{]/.test(text)) return [];
  const whole = parse(text);
  if (whole !== undefined) return Array.isArray(whole) ? whole : [whole];
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map(parse);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
