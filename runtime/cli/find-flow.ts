/** Which file a person means by a flow. */
import { existsSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { flowName } from '../suites/index.ts';
import { errors } from './errors.ts';

/** The folder of the flows that come with Millrace, as `NAME/flow.json` and `NAME/tests/`. */
export const SHIPPED = fileURLToPath(new URL('../../flows', import.meta.url));

/** The user's copy of a flow that came with Millrace, that flow, or a file. @throws FLOW_UNKNOWN */
export async function flowFile(flow: string, userDir: string): Promise<string> {
  const copy = join(userDir, 'flows', `${flow}.json`);
  const shipped = join(SHIPPED, flow, 'flow.json');
  if (/^[\w-]+$/.test(flow)) {
    if (existsSync(copy)) return copy;
    if (existsSync(shipped)) return shipped;
  }
  const file = resolve(flow);
  const inside = join(file, 'flow.json');
  const found = statSync(file, { throwIfNoEntry: false });
  if (found?.isDirectory() && existsSync(inside)) return inside;
  if (found?.isFile()) return file;
  const isFolder = found?.isDirectory() ?? false;
  throw errors.FLOW_UNKNOWN({ flow, looked: file, isFolder, known: (await everyFlow(userDir)).map(flowName) });
}

/** Flows of the user directory, then those that came with Millrace and of which there is no copy. */
export async function everyFlow(userDir: string): Promise<string[]> {
  const adopted = join(userDir, 'flows.json');
  const own = (await readdir(join(userDir, 'flows')).catch(() => []))
    .filter((name) => /^[^.].*\.json$/.test(name) && !name.endsWith('_cred.json'))
    .map((name) => join(userDir, 'flows', name));
  const names = new Set(own.map(flowName));
  const shipped = (await readdir(SHIPPED).catch(() => []))
    .filter((name) => !names.has(name) && existsSync(join(SHIPPED, name, 'flow.json')))
    .map((name) => join(SHIPPED, name, 'flow.json'));
  return [...(existsSync(adopted) ? [adopted] : []), ...own, ...shipped];
}
