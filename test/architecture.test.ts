/** Holds the list of allowed arrows (docs/architecture.md) against what the code imports. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');

/** Room → the rooms that it may use. Every room may use `base`; an arrow that is not here does not exist. */
const ARROWS: Record<string, readonly string[]> = {
  base: [],
  messages: [],
  numerics: [],
  workers: [],
  keys: [],
  'onnx-format': [],
  storage: ['workers'],
  signal: ['numerics', 'messages'],
  devices: ['messages', 'workers'],
  datasets: ['messages', 'storage', 'workers', 'numerics'],
  'models/package': ['messages', 'signal', 'onnx-format'],
  'models/registry': ['messages', 'storage', 'models/package'],
  inference: ['messages', 'workers', 'signal', 'onnx-format', 'models/package'],
  'models/import': ['messages', 'signal', 'onnx-format', 'models/package', 'models/registry', 'inference'],
  drift: ['messages', 'numerics', 'storage', 'models/package'],
  training: [
    ...['messages', 'workers', 'numerics', 'signal', 'datasets', 'onnx-format', 'models/package', 'drift', 'inference'],
  ],
  outbox: ['messages', 'storage', 'workers', 'keys', 'datasets'],
  suites: ['messages', 'workers'],
  services: [
    ...[
      'messages',
      'workers',
      'suites',
      'storage',
      'keys',
      'signal',
      'onnx-format',
      'devices',
      'datasets',
      'models/package',
    ],
    ...['models/registry', 'models/import', 'inference', 'drift', 'training', 'outbox'],
  ],
  live: ['services', 'messages'],
  'node-red': ['services', 'live', 'messages'],
  bundle: ['messages', 'keys', 'models/package', 'models/registry', 'devices', 'outbox'],
  doctor: ['services', 'bundle', 'keys', 'inference', 'devices', 'workers', 'messages', 'models/package'],
  gateways: ['messages', 'keys', 'bundle'],
  server: ['services', 'live', 'node-red', 'bundle', 'doctor', 'gateways', 'keys', 'messages', 'models/registry'],
  'flow-test': ['server', 'services', 'datasets', 'messages', 'suites', 'workers'],
  rollout: ['bundle', 'keys', 'messages', 'workers', 'storage'],
};
ARROWS['cli'] = Object.keys(ARROWS).filter((room) => room !== 'node-red');

/** The only rooms (or places in them) that may import these packages. */
const PACKAGES: readonly { readonly name: RegExp; readonly homes: readonly string[] }[] = [
  { name: /^(express|node-red)$/, homes: ['runtime/server/'] },
  { name: /^socket\.io$/, homes: ['runtime/live/', 'runtime/gateways/'] },
  { name: /^socket\.io-client$/, homes: ['runtime/rollout/', 'editor/'] },
  { name: /^onnxruntime-/, homes: ['runtime/inference/'] },
  { name: /^(johnny-five|firmata-io|serialport|avr8js)$/, homes: ['runtime/devices/'] },
  { name: /^node:sqlite$/, homes: ['runtime/storage/'] },
  { name: /^node:worker_threads$/, homes: ['runtime/workers/'] },
  { name: /^node:child_process$/, homes: ['runtime/workers/'] },
  { name: /^(jose|@peculiar\/x509)$/, homes: ['runtime/keys/'] },
  { name: /^(mqtt|aedes|pg|@aws-sdk\/.*)$/, homes: ['runtime/outbox/senders/'] },
  { name: /^croner$/, homes: ['runtime/outbox/policies/'] },
  { name: /^(uplot|preact)$/, homes: ['editor/'] },
  { name: /^bcryptjs$/, homes: ['runtime/server/'] },
  { name: /^commander$/, homes: ['runtime/cli/'] },
  { name: /^(hyparquet|hyparquet-writer|csv-parse)$/, homes: ['runtime/datasets/'] },
  { name: /^(fast-png|jpeg-js)$/, homes: ['runtime/inference/'] },
  { name: /^@sinonjs\/fake-timers$/, homes: ['runtime/flow-test/'] },
];

interface Import {
  /** The importing file, relative to the project. */
  readonly from: string;
  /** The imported file relative to the project, or the package's name. */
  readonly to: string;
  readonly typeOnly: boolean;
}

function sources(directory: string): string[] {
  if (!existsSync(join(root, directory))) return [];
  return readdirSync(join(root, directory), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
}

function importsOf(file: string): Import[] {
  const code = readFileSync(join(root, file), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
  const found = code.matchAll(
    /^\s*(?:import|export)\s+(type\s+)?(?:[^'";]*?\bfrom\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm,
  );
  return [...found].map(([, type, stated, dynamic]) => {
    const specifier = stated ?? dynamic ?? '';
    const local = specifier.startsWith('.');
    const to = local
      ? relative(root, resolve(root, dirname(file), specifier))
      : specifier.startsWith('node:')
        ? specifier
        : specifier
            .split('/')
            .slice(0, specifier.startsWith('@') ? 2 : 1)
            .join('/');
    return { from: file, to, typeOnly: type !== undefined };
  });
}

/** `runtime/models/package/read.ts` → `models/package`; undefined outside runtime. */
function roomOf(path: string): string | undefined {
  const [top, first, second] = path.split('/');
  if (top !== 'runtime' || first === undefined) return undefined;
  return first === 'models' ? `models/${second ?? ''}` : first;
}

const isDoor = (path: string) => /^runtime\/(models\/)?[^/]+\/(index|schema)\.ts$/.test(path);
const isSchema = (path: string) => path.endsWith('/schema.ts');
const isLocal = (path: string) => /^(runtime|nodes|editor|flows|test|scripts|bench)\//.test(path);

const runtime = sources('runtime').flatMap(importsOf);
const nodes = sources('nodes').flatMap(importsOf);
const editor = sources('editor').flatMap(importsOf);
const everything = [...runtime, ...nodes, ...editor];
const show = ({ from, to }: Import) => `${from} → ${to}`;

/** Every file that these load, types aside: what a bundle of them would hold. */
function reachedFrom(files: readonly string[]): Set<string> {
  const reached = new Set<string>();
  const visit = (file: string) => {
    if (reached.has(file)) return;
    reached.add(file);
    for (const { from, to, typeOnly } of everything) if (from === file && !typeOnly && isLocal(to)) visit(to);
  };
  files.forEach(visit);
  return reached;
}

describe('the layout of the code', () => {
  it('has only rooms that the design names', () => {
    const rooms = new Set(runtime.map(({ from }) => roomOf(from)));
    expect([...rooms].filter((room) => room === undefined || !(room in ARROWS))).toEqual([]);
    expect(rooms.size).toBeGreaterThan(10);
  });

  it('has only the arrows between rooms that the design lists', () => {
    const forbidden = runtime.filter(({ from, to }) => {
      const [here, there] = [roomOf(from), roomOf(to)];
      if (there === undefined) {
        // The command checks settings by the nodes' own schemas.
        return isLocal(to) && !(here === 'cli' && /^nodes\/[^/]+\/config\.ts$/.test(to));
      }
      return here !== there && there !== 'base' && !(ARROWS[here ?? '']?.includes(there) ?? false);
    });
    expect(forbidden.map(show)).toEqual([]);
  });

  it('enters a room only by its index.ts or its schema.ts', () => {
    const intruders = everything.filter(
      ({ from, to }) => roomOf(to) !== undefined && roomOf(from) !== roomOf(to) && !isDoor(to),
    );
    expect(intruders.map(show)).toEqual([]);
  });

  it('has no circle between rooms', () => {
    const arrows = new Map(Object.entries(ARROWS));
    const visit = (room: string, path: readonly string[]): void => {
      expect(path, `circle: ${[...path, room].join(' → ')}`).not.toContain(room);
      for (const next of arrows.get(room) ?? []) visit(next, [...path, room]);
    };
    for (const room of ['training', 'services', 'node-red', 'flow-test', 'rollout', 'doctor']) visit(room, []);
  });

  it('keeps what a browser loads free of Node and of everything but messages and schemas', () => {
    const browser = everything.filter(
      ({ from }) => from.startsWith('editor/') || isSchema(from) || from.startsWith('runtime/messages/'),
    );
    expect(browser.filter(({ to }) => to.startsWith('node:')).map(show)).toEqual([]);
    const loaded = reachedFrom([...new Set(browser.map(({ from }) => from))]);
    expect(loaded.size).toBeGreaterThan(browser.length / 10);
    expect(everything.filter(({ from, to }) => loaded.has(from) && to.startsWith('node:')).map(show)).toEqual([]);
    const schemas = everything.filter(({ from, to }) => isSchema(from) && isLocal(to));
    const beyond = schemas.filter(({ from, to }) => {
      const allowed = roomOf(to) === 'messages' || roomOf(to) === roomOf(from) || isSchema(to);
      return !allowed;
    });
    expect(beyond.map(show)).toEqual([]);
    const fromEditor = editor.filter(({ to }) => isLocal(to) && !to.startsWith('editor/'));
    expect(fromEditor.filter(({ to }) => !['messages', 'numerics'].includes(roomOf(to) ?? '')).map(show)).toEqual([]);
  });

  it('keeps node folders thin adapters', () => {
    const wrong = nodes.filter(({ from, to, typeOnly }) => {
      if (!isLocal(to)) return !(to === 'zod' && /\/(config|migrations)\.ts$/.test(from));
      const own = to.startsWith(`${dirname(from)}/`);
      const room = roomOf(to);
      if (from.endsWith('/config.ts')) return !(room === 'messages' || isSchema(to));
      if (from.endsWith('/editor.ts')) return !(to.startsWith('editor/') || own || isSchema(to));
      if (own || ['base', 'messages', 'node-red'].includes(room ?? '')) return false;
      return !(room !== undefined && typeOnly);
    });
    expect(wrong.map(show)).toEqual([]);
    const rooms = new Map<string, Set<string>>();
    for (const { from, to } of nodes.filter(({ from }) => from.endsWith('/node.ts'))) {
      const room = roomOf(to);
      if (room === undefined || ['base', 'messages', 'node-red'].includes(room)) continue;
      rooms.set(from, (rooms.get(from) ?? new Set()).add(room));
    }
    const several = [...rooms]
      .filter(([, used]) => used.size > 1)
      .map(([from, used]) => `${from}: ${[...used].join()}`);
    expect(several).toEqual([]);
  });

  it('keeps each package in the room that it belongs to', () => {
    const strays = everything.filter(({ from, to }) =>
      PACKAGES.some(({ name, homes }) => name.test(to) && !homes.some((home) => from.startsWith(home))),
    );
    expect(strays.map(show)).toEqual([]);
  });

  it('lets nothing use tests, benchmarks or scripts', () => {
    const users = everything.filter(({ to }) => /^(test|bench|scripts)\//.test(to));
    expect(users.map(show)).toEqual([]);
  });
});
