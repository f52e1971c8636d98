import { promisify } from 'node:util';
import { zstdCompress } from 'node:zlib';
import { z } from 'zod';
import type { Clock } from '../../base/index.ts';
import { type DeployAnswer, type DeployPart, PART_BYTES } from '../../messages/index.ts';
import { errors } from '../errors.ts';
import { DEPLOY_PATIENCE } from '../limits.ts';
import type { Line } from '../line.ts';
import type { DeployContent } from './content.ts';
import { createSendWindow } from './send-window.ts';

/** Pieces that may be on their way at once, however small they are. */
const AHEAD = 4;
const compress = promisify(zstdCompress);

export interface SendOptions {
  readonly clock: Clock;
  /** Asked before each piece: as soon as it says no, no more are sent. */
  readonly goOn: () => boolean;
  /** Told of bytes, as they are before compression. */
  readonly onProgress: (bytes: { sent: number; all: number }) => void;
}

/**
 * Sends the files that a gateway lacks, in pieces: small ones, and few at once, over a slow line.
 *
 * @throws GATEWAY_AWAY, GATEWAY_UNANSWERED, GATEWAY_ANSWER_INVALID, BUNDLE_ALTERED, what the gateway says of a part
 */
export async function sendFiles(
  line: Line,
  content: DeployContent,
  { missing, held = {} }: DeployAnswer,
  { clock, goOn, onProgress }: SendOptions,
): Promise<void> {
  const wanted = [...new Set(missing)].map((sha256) => {
    const file = content.files.get(sha256);
    if (!file) {
      const reason = `it asks for ${sha256}, which is not in the bundle`;
      throw errors.GATEWAY_ANSWER_INVALID({ gateway: line.hello.identity.name, what: 'offer', reason });
    }
    const there = Math.min(held[sha256] ?? 0, Math.max(0, file.bytes - 1));
    return { ...file, sha256, from: there };
  });
  const all = wanted.reduce((sum, { bytes, from }) => sum + bytes - from, 0);
  let sent = 0;
  onProgress({ sent, all });

  const window = createSendWindow();
  const underway: { readonly asked: Promise<unknown>; readonly length: number }[] = [];
  const ahead = () => underway.reduce((sum, { length }) => sum + length, 0);
  const send = async (part: DeployPart, length: number) => {
    const mustWait = () => underway.length > 0 && ahead() + length > window.bytes;
    while (underway.length >= AHEAD || mustWait()) await underway.shift()?.asked;
    const begun = clock.monotonic();
    const asked = line.ask('part', z.unknown(), part, DEPLOY_PATIENCE).then(() => {
      window.acknowledged(clock.monotonic() - begun);
      sent += length;
      onProgress({ sent, all });
    });
    // Awaited in its turn; until then nobody need hear of it.
    asked.catch(() => undefined);
    underway.push({ asked, length });
  };
  for (const { sha256, path, bytes, from } of wanted) {
    let offset = from;
    for await (const piece of pieces(content.read(path), from, () => Math.min(PART_BYTES, window.bytes))) {
      if (!goOn()) return;
      const last = offset + piece.length >= bytes;
      await send({ file: sha256, offset, bytes: await compress(piece), last }, piece.length);
      offset += piece.length;
    }
    if (bytes === 0) await send({ file: sha256, offset: 0, bytes: await compress(Buffer.alloc(0)), last: true }, 0);
  }
  await Promise.all(underway.map(({ asked }) => asked));
}

/** In pieces of the size that holds when each is taken, the last one shorter. */
async function* pieces(stream: AsyncIterable<Uint8Array>, skip: number, size: () => number): AsyncGenerator<Buffer> {
  let waiting = Buffer.alloc(0);
  let passed = 0;
  for await (const chunk of stream) {
    const kept = chunk.subarray(Math.min(chunk.length, Math.max(0, skip - passed)));
    passed += chunk.length;
    waiting = Buffer.concat([waiting, kept]);
    for (let most = size(); waiting.length >= most; most = size()) {
      yield waiting.subarray(0, most);
      waiting = waiting.subarray(most);
    }
  }
  if (waiting.length > 0) yield waiting;
}
