/** Each figure is measured in a process of its own, which prints it as one line of JSON. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export interface ChildOptions {
  /** Bounds, as whoever runs Millrace may set them. */
  readonly env?: Readonly<Record<string, string>>;
  readonly heard?: (line: Readonly<Record<string, unknown>>) => void;
}

/**
 * @param file its path
 * @returns the last line that the process printed; it may have ended by SIGKILL, its own
 */
export async function inChild<Result>(
  file: string,
  given: Readonly<Record<string, unknown>>,
  { env = {}, heard = () => undefined }: ChildOptions = {},
): Promise<Result> {
  const child = spawn(process.execPath, [file, JSON.stringify(given)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  });
  const ended = new Promise<string | number | null>((resolve) => {
    child.once('close', (status, signal) => resolve(signal ?? status));
  });
  let last: Record<string, unknown> | undefined;
  for await (const line of createInterface({ input: child.stdout }))
    heard((last = JSON.parse(line) as typeof last & {}));
  const how = await ended;
  if (last === undefined || (how !== 0 && how !== 'SIGKILL')) throw new Error(`${file} ended with ${how}`);
  return last as Result;
}
