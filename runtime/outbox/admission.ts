import type { Protect } from '../keys/index.ts';
import { errors } from './errors.ts';
import { messageBytes, outboxBytes, outboxMessages, STREAM_LENGTH } from './limits.ts';
import { openText } from './queue/wire.ts';
import type { OutboxOptions } from './contract.ts';

/** Room for the key, which a message gets after it was measured, beside the names in it. */
const KEY_BYTES = 80;

export interface Load {
  readonly messages: number;
  readonly bytes: number;
}

/** Decides whether a message may enter, and makes it ready for the disk. */
export function createAdmission(options: Partial<OutboxOptions> = {}) {
  const most = {
    messages: options.maxMessages ?? outboxMessages.value,
    bytes: options.maxBytes ?? outboxBytes.value,
    message: options.maxMessageBytes ?? messageBytes.value,
  };
  const entering = { messages: 0, bytes: 0 };
  return {
    /** @throws UPLOAD_UNSERIALISABLE, UPLOAD_TOO_LARGE, STREAM_INVALID */
    open(stream: string, message: Readonly<Record<string, unknown>>, protect?: Protect): string {
      if (stream === '' || stream.length > STREAM_LENGTH || /[+#\0]/.test(stream)) {
        throw errors.STREAM_INVALID({ stream: stream.slice(0, STREAM_LENGTH) });
      }
      const open = openText(stream, message, protect);
      const bytes = Buffer.byteLength(open) + KEY_BYTES;
      if (bytes <= most.message) return open;
      messageBytes.cost();
      throw errors.UPLOAD_TOO_LARGE({ stream, bytes, limit: most.message });
    },
    /**
     * Counts a message in until it is on disk. The policy when full is *reject*.
     *
     * @returns to be called when the message is on disk, or is not
     * @throws OUTBOX_FULL if one more would be too many
     */
    enter(size: number, onDisk: Load): () => void {
      const load = { messages: onDisk.messages + entering.messages, bytes: onDisk.bytes + entering.bytes };
      const limit = load.messages >= most.messages ? outboxMessages : outboxBytes;
      if (load.messages >= most.messages || load.bytes + size > most.bytes) {
        limit.cost();
        throw errors.OUTBOX_FULL(load);
      }
      entering.messages += 1;
      entering.bytes += size;
      return () => {
        entering.messages -= 1;
        entering.bytes -= size;
      };
    },
  };
}
