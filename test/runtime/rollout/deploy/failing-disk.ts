/**
 * `node:fs/promises` whose power fails at a given step: a file that is being written is then half there, a folder that is
 * being removed half gone, and nothing is done any more until the power is back.
 */
import type * as promises from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';

type Files = typeof promises;

export const power = {
  /** Steps until it fails. */
  left: Infinity,
  /** Steps made since it was last set. */
  made: 0,
  gone: false,
  failAfter(steps: number): void {
    power.left = steps;
    power.made = 0;
    power.gone = false;
  },
};

class PowerCut extends Error {}

/** @param half does a part of the step, when the power fails in it */
async function step<T>(work: () => Promise<T>, half?: () => Promise<unknown>): Promise<T> {
  if (power.gone) throw new PowerCut('the power is gone');
  power.made++;
  if (power.left-- > 0) return await work();
  power.gone = true;
  await half?.();
  throw new PowerCut('the power has gone');
}

const CHANGING = ['mkdir', 'rename', 'chmod', 'truncate', 'link', 'copyFile', 'writeFile', 'rmdir', 'unlink'] as const;

export function failing(files: Files): Files {
  const wrapped: Record<string, unknown> = { ...files };
  for (const name of CHANGING) {
    const work = files[name] as (...args: unknown[]) => Promise<unknown>;
    wrapped[name] = (...args: unknown[]) => step(() => work(...args));
  }
  wrapped['rm'] = (path: string, options?: object) =>
    step(
      () => files.rm(path, options),
      () => removeOne(files, path),
    );
  wrapped['open'] = async (path: string, flags?: string, mode?: number) => {
    const handle = await (flags === undefined || flags === 'r'
      ? files.open(path, flags, mode)
      : step(() => files.open(path, flags, mode)));
    return failingHandle(handle);
  };
  return { ...(wrapped as unknown as Files), default: wrapped } as Files;
}

function failingHandle(handle: FileHandle): FileHandle {
  return new Proxy(handle, {
    get(target, name) {
      if (name === 'writeFile') {
        return (content: Uint8Array | string) => {
          const bytes = Buffer.from(content as string);
          return step(
            () => target.writeFile(bytes),
            () => target.writeFile(bytes.subarray(0, Math.floor(bytes.length / 2))),
          );
        };
      }
      if (name === 'sync') return () => step(() => Promise.resolve());
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

/** The first file of a folder, however deep. */
async function removeOne(files: Files, path: string): Promise<void> {
  const found = await files.readdir(path, { recursive: true, withFileTypes: true }).catch(() => []);
  const file = found.find((entry) => entry.isFile());
  if (file) await files.rm(join(file.parentPath, file.name), { force: true });
}
