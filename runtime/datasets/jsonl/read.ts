import { errors } from '../errors.ts';
import { lineBytes } from '../limits.ts';
import type { Tally } from '../tally.ts';
import type { RecordedMessage } from '../types.ts';
import { revive } from '../written/revive.ts';
import { type Header, parseHeader } from './header.ts';
import { type Line, lines } from './lines.ts';

/**
 * The header of a JSONL file.
 *
 * @throws RECORDING_UNREADABLE, RECORDING_NEWER
 */
export async function readJsonlHeader(path: string): Promise<Header> {
  for await (const { text } of lines(path)) {
    const header = parseHeader(text, path);
    if (header) return header;
    break;
  }
  throw errors.RECORDING_UNREADABLE({
    path,
    reason: 'its first line is not {"millrace":"recording","format":1}',
  });
}

/** The messages of a JSONL file. A line that cannot be read is left out and told to the tally. */
export async function* readJsonl(path: string, tally: Tally): AsyncGenerator<RecordedMessage> {
  let headed = false;
  for await (const line of lines(path)) {
    if (!headed) {
      headed = true;
      continue;
    }
    const recorded = entry(line, path, tally);
    if (recorded) yield recorded;
  }
}

function entry(line: Line, path: string, tally: Tally): RecordedMessage | undefined {
  const where = `line ${line.number}`;
  if (line.tooLong) {
    lineBytes.cost();
    tally.refuse(where, `longer than ${lineBytes.value} bytes`);
    return undefined;
  }
  let value: unknown;
  try {
    value = revive(line.text);
  } catch {
    // What was being written when the power went, or the half of a file that was copied.
    if (line.cut) tally.cut(path, line.number);
    else tally.refuse(where, 'is no JSON');
    return undefined;
  }
  const { at, message } = isObject(value) ? value : {};
  if (typeof at === 'number' && Number.isFinite(at) && at >= 0 && isObject(message)) return { at, message };
  tally.refuse(where, 'is not {"at": milliseconds, "message": {…}}');
  return undefined;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
