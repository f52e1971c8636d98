/** What goes into a bundle beside a flow, of what this machine has. */
import { readFile } from 'node:fs/promises';
import { MillraceError } from '../base/index.ts';
import type { PackedRecording, TestFile } from '../bundle/index.ts';
import type { Services } from '../services/index.ts';

/** The tests of a flow, and the recordings that one of them plays. */
export async function testFiles(suites: Services['suites'], flowFile: string): Promise<TestFile[]> {
  const tests = await suites.list(flowFile);
  const texts = await Promise.all(tests.map(({ file }) => readFile(file)));
  const played = (await suites.recordings(flowFile)).filter(({ name }) =>
    texts.some((text) => text.includes(JSON.stringify(name))),
  );
  return [
    ...tests.map(({ name }, i) => ({ path: `${name}.json`, bytes: texts[i] ?? new Uint8Array() })),
    ...(await Promise.all(played.map(async ({ name, file }) => ({ path: name, bytes: await readFile(file) })))),
  ];
}

/** A recording as one file, by the name that replay nodes have for it. */
export async function recordingFile(
  recordings: Services['recordings'],
  name: string,
): Promise<PackedRecording | undefined> {
  const found = await recordings.read(name).catch((error: unknown) => {
    if (error instanceof MillraceError && error.code === 'RECORDING_MISSING') return undefined;
    throw error;
  });
  if (!found) return undefined;
  const { fileName, bytes } = found;
  const pieces: Uint8Array[] = [];
  for await (const piece of bytes) pieces.push(piece);
  return { extension: fileName.slice(fileName.lastIndexOf('.')), bytes: Buffer.concat(pieces) };
}
