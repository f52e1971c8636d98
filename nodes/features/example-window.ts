import type { WindowPayload } from '../../runtime/messages/index.ts';
import type { PreviewParts } from '../../runtime/node-red/index.ts';

type Recordings = PreviewParts['services']['recordings'];

/** A second of the pump that ships with Millrace, with a worn bearing. */
const EXAMPLE = { recording: 'pump-faults', from: 24_000, samples: 100, rate: 100 };

let kept: Promise<WindowPayload> | undefined;

/** A window to look at where none has come yet. Read once. */
export function exampleWindow(recordings: Recordings): Promise<WindowPayload> {
  kept ??= readExample(recordings).catch((error: unknown) => {
    kept = undefined;
    throw error;
  });
  return kept;
}

async function readExample(recordings: Recordings): Promise<WindowPayload> {
  const { recording, from, samples, rate } = EXAMPLE;
  const rows: Record<string, number>[] = [];
  for await (const { at, message } of (await recordings.open(recording)).messages()) {
    if (at >= from) rows.push(message['payload'] as Record<string, number>);
    if (rows.length === samples) break;
  }
  const channels = Object.keys(rows[0] ?? {});
  const data = Float32Array.from(rows.flatMap((row) => channels.map((name) => row[name] ?? NaN)));
  return { channels, rate, start: from, data, shape: [rows.length, channels.length] };
}
