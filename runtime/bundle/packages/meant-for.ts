import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Whether a package that was unpacked is meant for a machine, as its package.json says it to npm by `os` and `cpu`: of several
 * optional packages, one for each machine, only one is.
 *
 * @param machine `linux-arm64`
 * @returns true where it says nothing
 */
export async function isMeantFor(directory: string, machine: string): Promise<boolean> {
  const [os = '', cpu = ''] = machine.split('-');
  const text = await readFile(join(directory, 'package.json'), 'utf8').catch(() => '{}');
  const said = parse(text);
  return takes(said['os'], os) && takes(said['cpu'], cpu);
}

/** `["linux"]`, or all but some: `["!win32"]`. @see npm, package.json, "os" */
function takes(list: unknown, value: string): boolean {
  if (!Array.isArray(list) || list.length === 0 || list.includes('any')) return true;
  if (list.includes(`!${value}`)) return false;
  return list.includes(value) || list.every((each) => typeof each === 'string' && each.startsWith('!'));
}

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  } catch {
    return {};
  }
}
