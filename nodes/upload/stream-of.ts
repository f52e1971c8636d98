import { wireMessage } from '../../runtime/messages/index.ts';

/** The stream of a message that a gateway sent: the gateway's own, told apart from those of other gateways. */
export function streamOf(received: Readonly<Record<string, unknown>>): string {
  const { gateway, stream } = wireMessage.parse(received).key;
  return `${gateway}/${stream}`;
}
