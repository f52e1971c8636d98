/** Which flow runs, and where it lies. */
import { existsSync, statSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, rename } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { errors } from './errors.ts';
import type { Log } from './log.ts';
import { backupOf, setAside } from './user-directory.ts';

/** The node as a flow file holds it. */
export interface FlowNode extends Readonly<Record<string, unknown>> {
  readonly id: string;
  readonly type: string;
}

/** The flow that a new user directory opens on. */
export const FIRST_FLOW = 'pump';

export interface FlowChoice {
  /** Absolute. Node-RED reads it and saves to it. */
  readonly file: string;
  /** Whether it was copied just now from what comes with Millrace. */
  readonly fresh: boolean;
  /** What it was first copied from. */
  readonly shipped?: string;
}

/**
 * Finds the flow to run; the user's own edits are never overwritten.
 *
 * - the name of a flow that comes with Millrace: the user's own copy in `USERDIR/flows/NAME.json`, made at first use;
 * - a path: that file, edited in place as Node-RED does;
 * - nothing: `USERDIR/flows.json` where a Node-RED user directory was taken over, else the pump flow.
 *
 * @param shipped the folder that holds `NAME/flow.json`
 * @throws FLOW_NOT_FOUND with the names there are
 */
export async function chooseFlow(userDir: string, wanted: string | undefined, shipped: string): Promise<FlowChoice> {
  const adopted = join(userDir, 'flows.json');
  if (wanted === undefined && existsSync(adopted)) return { file: adopted, fresh: false };
  const name = wanted ?? FIRST_FLOW;
  const source = join(shipped, name, 'flow.json');
  if (/^[\w-]+$/.test(name) && existsSync(source)) {
    const file = join(userDir, 'flows', `${name}.json`);
    const fresh = !existsSync(file);
    if (fresh) await copyWhole(source, file);
    return { file, fresh, shipped: source };
  }
  const file = resolve(name);
  if (wanted === undefined || (statSync(file, { throwIfNoEntry: false })?.isDirectory() ?? true))
    throw errors.FLOW_NOT_FOUND({ flow: name, known: await names(shipped) });
  return { file, fresh: false };
}

async function names(shipped: string): Promise<string[]> {
  const entries = await readdir(shipped, { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

/** A crash leaves no half copy. */
async function copyWhole(source: string, file: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const draft = `${file}.draft`;
  await copyFile(source, draft);
  await rename(draft, file);
}

/**
 * Reads the flow. Where the file is broken, it is set aside, and the version before (Node-RED keeps a copy) is used, or,
 * if it was never saved, what came with Millrace: a gateway goes on with the flow that it ran before.
 *
 * @throws FLOW_NOT_JSON, FLOW_NOT_A_FLOW if there is no whole copy either
 */
export async function readFlow({ file, shipped }: FlowChoice, stamp: string, log: Log): Promise<readonly FlowNode[]> {
  const text = await readFile(file, 'utf8');
  try {
    return parseFlow(file, text);
  } catch (error) {
    for (const copy of [backupOf(file), ...(shipped === undefined ? [] : [shipped])]) {
      const flow = await readFile(copy, 'utf8')
        .then((before) => parseFlow(copy, before))
        .catch(() => undefined);
      if (!flow) continue;
      const kept = await setAside(file, stamp);
      await copyWhole(copy, file);
      log.report('warn', errors.STATE_FILE_DAMAGED({ file, kept, restored: true }));
      return flow;
    }
    // A new, empty file is a flow that has yet to be drawn.
    if (text.trim() === '') return [];
    throw error;
  }
}

/** @throws FLOW_NOT_JSON, FLOW_NOT_A_FLOW */
export function parseFlow(file: string, text: string): readonly FlowNode[] {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw errors.FLOW_NOT_JSON({ file, reason: (error as Error).message }, { cause: error });
  }
  if (!Array.isArray(value)) {
    throw errors.FLOW_NOT_A_FLOW({ file, found: value === null ? 'null' : `one ${typeof value}` });
  }
  const wrong = value.findIndex((node) => !isFlowNode(node));
  if (wrong >= 0) {
    throw errors.FLOW_NOT_A_FLOW({ file, found: `an entry (number ${wrong + 1}) without id and type` });
  }
  return value as FlowNode[];
}

function isFlowNode(value: unknown): value is FlowNode {
  if (typeof value !== 'object' || value === null) return false;
  const { id, type } = value as Record<string, unknown>;
  return typeof id === 'string' && typeof type === 'string';
}
