import { basename, isAbsolute } from 'node:path';
import { describe, type Log } from './log.ts';

/** What Node-RED logs: `type`, `id` and `name` are a node's. */
interface NodeRedEntry {
  readonly level: number;
  readonly msg: unknown;
  readonly type?: string;
  readonly id?: string;
  readonly name?: string;
}

const [ERROR, WARN, INFO] = [20, 30, 40];

/** Warnings of Node-RED about what is as it should be: no projects, and no passwords yet. */
const EXPECTED = ['storage.localfilesystem.projects.disabled', 'nodes.credentials.encryptedNotFound'];

/** What Node-RED says of itself at every start; the summary tells it in our own words. */
const FRAMES = /^[-*=\s]*$/;

/**
 * Node-RED's log setting, led into ours: warnings and errors of anyone, and what nodes themselves say. Node-RED's own
 * progress lines are left out.
 */
export function nodeRedLog(log: Log, translate: (key: string) => string) {
  const expected = (text: string) => EXPECTED.some((key) => text === translate(key).trim());
  const handle = ({ level, msg, type, id, name }: NodeRedEntry): void => {
    if (type === undefined && isPackageList(msg)) return;
    const origin = type === undefined ? undefined : `[${type}:${name ?? id ?? ''}]`;
    if (level <= ERROR) return log.error(textOf(msg, origin));
    const text = textOf(msg, origin);
    if (FRAMES.test(text) || expected(text)) return;
    if (level <= WARN) log.warn(text);
    else if (level <= INFO && origin !== undefined) log.info(text);
  };
  return { level: 'info', metrics: false, audit: false, handler: () => handle };
}

/** Node-RED looks for the packages that a user has installed; a bundle's folder has no such list. */
const isPackageList = (message: unknown): boolean =>
  message instanceof Error &&
  (message as NodeJS.ErrnoException).code === 'ENOENT' &&
  basename((message as NodeJS.ErrnoException).path ?? '') === 'package.json';

function textOf(message: unknown, origin: string | undefined): string {
  if (message instanceof Error || isErrorLike(message)) {
    const place = message instanceof Error ? firstUserFrame(message) : undefined;
    return `${describe(message, origin)}${place === undefined ? '' : ` (${place})`}`;
  }
  const text = typeof message === 'string' ? message : JSON.stringify(message);
  return origin === undefined ? text.trim() : `${origin} ${text.trim()}`;
}

const isErrorLike = (value: unknown): value is { message: string } =>
  typeof value === 'object' && value !== null && typeof (value as { message?: unknown }).message === 'string';

/** Where in a function node's own code an error arose; nothing for an error with a code. */
function firstUserFrame(error: Error): string | undefined {
  if ('code' in error) return undefined;
  const frame = /\(?(Function node[^)\n]*:\d+:\d+)/.exec(error.stack ?? '')?.[1];
  return frame === undefined || isAbsolute(frame) ? undefined : frame;
}
