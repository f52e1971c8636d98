import { readProperty, wireMessage } from '../../runtime/messages/index.ts';
import type { UploadConfig } from './config.ts';

type Message = Readonly<Record<string, unknown>>;

/** The stream of a message: as the settings name it, or as the message does. One that names none has the settings' own. */
export function streamOf(message: Message, { streamFrom, stream, streamProperty }: UploadConfig): string {
  if (streamFrom === 'name') return stream;
  const named = readProperty(message, streamFrom === 'topic' ? 'topic' : streamProperty);
  return (typeof named === 'string' || typeof named === 'number') && named !== '' ? String(named) : stream;
}

/** The stream of a message that a gateway sent: the gateway's own, told apart from those of other gateways. */
export function streamOfGateway(received: Message): string {
  const { gateway, stream } = wireMessage.parse(received).key;
  return `${gateway}/${stream}`;
}
