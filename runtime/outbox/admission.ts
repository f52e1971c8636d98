import type { Protect } from '../keys/index.ts';
import { uploadKey } from '../messages/index.ts';
import { errors } from './errors.ts';
import { messageBytes, outboxMessages, STREAM_LENGTH } from './limits.ts';
import { openText } from './queue/wire.ts';
import type { OutboxOptions } from './contract.ts';

/** Room for the key, which a message gets after it was measured, beside the names in it. */
const KEY_BYTES = 80;

/** Names that were looked at before are not looked at again: a gateway has few. */
const KNOWN_STREAMS = 10_000;

export interface Load {
  readonly messages: number;
  readonly bytes: number;
}

/** Ready for the queue. */
export interface Admitted {
  readonly open: string;
  /** It keeps the key that it has. */
  readonly whole: boolean;
}

/** Decides whether a message may enter, and makes it ready for the disk. */
export function createAdmission(options: Partial<OutboxOptions> = {}) {
  const mostMessages = options.maxMessages ?? outboxMessages.value;
  const mostBytes = options.maxMessageBytes ?? messageBytes.value;
  const streams = new Set<string>();
  /** How many are on their way to the disk, and for how many there was room when we last looked. */
  let entering = 0;
  let room = 0;

  const checkStream = (stream: string) => {
    if (stream === '' || stream.length > STREAM_LENGTH || /[+#\0]/.test(stream)) {
      throw errors.STREAM_INVALID({ stream: stream.slice(0, STREAM_LENGTH) });
    }
    if (streams.size >= KNOWN_STREAMS) streams.clear();
    streams.add(stream);
  };

  return {
    /**
     * @param keepsKeys where it goes, a message that has a key keeps it
     * @throws UPLOAD_UNSERIALISABLE, UPLOAD_TOO_LARGE, STREAM_INVALID
     */
    open(
      stream: string,
      message: Readonly<Record<string, unknown>>,
      protect: Protect | undefined,
      keepsKeys: boolean,
    ): Admitted {
      if (!streams.has(stream)) checkStream(stream);
      const whole = keepsKeys && message['key'] !== undefined && uploadKey.safeParse(message['key']).success;
      const open = openText(stream, message, protect, whole);
      // A character takes three bytes at most.
      if (3 * open.length + KEY_BYTES <= mostBytes) return { open, whole };
      const bytes = Buffer.byteLength(open) + KEY_BYTES;
      if (bytes <= mostBytes) return { open, whole };
      messageBytes.cost();
      throw errors.UPLOAD_TOO_LARGE({ stream, bytes, limit: mostBytes });
    },
    /**
     * Counts a message in until `left` is called. How many bytes there may be is the queue's to say.
     *
     * @throws OUTBOX_FULL if one more would be too many
     */
    enter(onDisk: () => Load): void {
      if (room <= 0) {
        const { messages, bytes } = onDisk();
        room = mostMessages - messages - entering;
        if (room <= 0) {
          outboxMessages.cost();
          throw errors.OUTBOX_FULL({ messages: messages + entering, bytes });
        }
      }
      room -= 1;
      entering += 1;
    },
    /** It is on disk, or will not be. */
    left(): void {
      entering -= 1;
    },
  };
}
