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

/** The example under the names of one's own channels, where it has not all of them: their data is still to come. */
export function underNames(window: WindowPayload, names: readonly string[]): WindowPayload {
  if (names.every((name) => window.channels.includes(name))) return window;
  const [samples, width] = window.shape;
  const data = Float32Array.from({ length: samples * names.length }, (_, index) => {
    const [sample, place] = [Math.floor(index / names.length), index % names.length];
    return window.data[sample * width + (place % width)] ?? NaN;
  });
  return { ...window, channels: [...names], data, shape: [samples, names.length] };
}
