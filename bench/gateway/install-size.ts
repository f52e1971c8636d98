/**
 * What an installation takes on the disk of one architecture, beside a plain Node-RED: every package that the two published ones
 * need, as it lies in this checkout, before and after what ONNX Runtime brings for other machines is gone. Node's own binary is
 * not counted.
 */
import { existsSync } from 'node:fs';
import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { prunableLibraries } from '../../runtime/inference/index.ts';
import type { Aim, Row } from '../support/report.ts';

const root = resolve(import.meta.dirname, '../..');
const dist = join(root, 'dist');
const MB = 1e6;
const TARGET = 250;
/** Of the packages that take most. */
const SHOWN = 8;

interface Manifest {
  readonly name: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

export async function installSize(): Promise<{ readonly rows: readonly Row[]; readonly aims: readonly Aim[] }> {
  const ours = await sizes([join(dist, 'millrace'), join(dist, 'millrace-studio')]);
  const plain = await sizes([join(root, 'node_modules/node-red')]);
  const prunable = await prunableLibraries();
  const removed = prunable.reduce((sum, { bytes }) => sum + bytes, 0);
  const installed = total(ours);
  const left = (installed - removed) / MB;
  const largest = [...ours].sort(([, a], [, b]) => b - a).slice(0, SHOWN);
  const rows = [
    ['Millrace, as npm installs it', installed],
    ['Millrace, after "millrace gateway install"', installed - removed],
    ['plain Node-RED', total(plain)],
    ...largest.map(
      ([folder, bytes]) => [`  ${folder.replace(/^.*node_modules\//, '').replace(/^.*dist\//, '')}`, bytes] as const,
    ),
  ] as const;
  return {
    rows: rows.map(([name, bytes]) => ({ name, 'size, MB': Number((bytes / MB).toFixed(1)) })),
    aims: [{ name: 'installed', value: left, unit: 'MB', op: '<=', target: TARGET }],
  };
}

/** Each package's folder and bytes: those given, and all that they need. */
async function sizes(folders: readonly string[]): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  const waiting = [...folders];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const folder = await realpath(next);
    if (found.has(folder)) continue;
    found.set(folder, await sizeOf(folder));
    const { dependencies, optionalDependencies } = JSON.parse(
      await readFile(join(folder, 'package.json'), 'utf8'),
    ) as Manifest;
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
      const place = find(name, folder);
      if (place !== undefined) waiting.push(place);
    }
  }
  return found;
}

/** As Node.js looks for it; an optional one may not be there. */
function find(name: string, from: string): string | undefined {
  const place = join(from, 'node_modules', name);
  if (existsSync(join(place, 'package.json'))) return place;
  return dirname(from) === from ? undefined : find(name, dirname(from));
}

/** Packages inside it are counted by themselves. */
async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true });
  const each = entries.map(async (entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'node_modules' ? 0 : await sizeOf(path);
    return entry.isFile() ? (await stat(path)).size : 0;
  });
  return (await Promise.all(each)).reduce((sum, bytes) => sum + bytes, 0);
}

const total = (all: ReadonlyMap<string, number>) => [...all.values()].reduce((sum, bytes) => sum + bytes, 0);
