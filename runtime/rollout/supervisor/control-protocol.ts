/** What the commands on the device ask the running gateway over its socket: one JSON document a line, in both directions. */
import { mkdirSync, openSync, closeSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { basename, dirname } from 'node:path';
import { z } from 'zod';
import { gatewayProblem } from '../../messages/index.ts';

const id = z.number().int();
export const controlRequest = z.discriminatedUnion('ask', [
  z.object({ id, ask: z.literal('identity') }),
  z.object({ id, ask: z.literal('status') }),
  z.object({ id, ask: z.literal('events'), after: z.number() }),
  /** With `follow`, lines that come later are pushed as they come. */
  z.object({ id, ask: z.literal('log'), after: z.number(), follow: z.boolean().default(false) }),
  z.object({ id, ask: z.literal('metrics') }),
  /** Of the real boards that the flow uses: none while it is not up. */
  z.object({ id, ask: z.literal('boards') }),
  /** Whether the line to the studio is up. */
  z.object({ id, ask: z.literal('link') }),
  z.object({ id, ask: z.literal('take'), file: z.string().min(1) }),
  z.object({ id, ask: z.literal('restart') }),
  z.object({ id, ask: z.literal('roll-back') }),
]);
export type ControlRequest = z.output<typeof controlRequest>;

export const controlAnswer = z.union([
  z.object({ id, value: z.unknown() }),
  z.object({ id, problem: gatewayProblem }),
  z.object({ pushed: z.unknown() }),
]);
export type ControlAnswer = z.output<typeof controlAnswer>;

/** What a line holds; nothing where it is no JSON. */
export function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** A socket's path may have 107 bytes; a user directory may be deeper than that. */
const LONGEST = 100;

/**
 * Calls `use` with a path at which the socket can be reached.
 *
 * @param socket where it is to lie
 */
export async function atSocket<T>(socket: string, use: (path: string) => Promise<T>): Promise<T> {
  if (process.platform === 'win32') {
    return await use(`\\\\.\\pipe\\millrace-${createHash('sha256').update(socket).digest('hex').slice(0, 32)}`);
  }
  if (Buffer.byteLength(socket) <= LONGEST || process.platform !== 'linux') return await use(socket);
  mkdirSync(dirname(socket), { recursive: true, mode: 0o700 });
  const folder = openSync(dirname(socket), 'r');
  try {
    return await use(`/proc/self/fd/${folder}/${basename(socket)}`);
  } finally {
    closeSync(folder);
  }
}
