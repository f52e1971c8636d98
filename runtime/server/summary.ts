import { readFileSync } from 'node:fs';
import { TARGET_PLACES } from '../messages/index.ts';
import type { Services } from '../services/index.ts';
import type { FlowNode } from './flow-file.ts';
import type { Summary } from './options.ts';

type Settings = Readonly<Record<string, unknown>>;
type Standard = Services['standard'];

/** What a flow uses, which nodes use it, and how it is told; `{}`: nothing was chosen, so what is built in. */
const USES: readonly { what: string; by: readonly string[]; tell: (chosen: Settings, standard: Standard) => string }[] =
  [
    { what: 'board', by: ['pins', 'sensor', 'actuator'], tell: ({ name }, { board }) => text(name) || board },
    { what: 'model', by: ['infer'], tell: ({ model, name }) => text(model) || text(name) || 'pump-health' },
    {
      what: 'target',
      by: ['upload'],
      tell: ({ kind, port, ...settings }, { target }) => {
        const place = TARGET_PLACES[text(kind)];
        if (place !== undefined) return withoutPassword(text(settings[place])) || text(kind);
        return text(port) === '' ? target : `built-in broker on 127.0.0.1:${text(port)}`;
      },
    },
  ];

/** The boards, models and targets of a flow, each once. */
export function usesOf(flow: readonly FlowNode[], standard: Standard): Summary['uses'] {
  const byId = new Map(flow.map((node) => [node.id, node]));
  const found = new Map<string, Summary['uses'][number]>();
  for (const node of flow) {
    for (const { what, by, tell } of USES) {
      if (node['d'] === true || !by.includes(node.type)) continue;
      const told = tell(byId.get(text(node[what])) ?? {}, standard);
      found.set(`${what} ${told}`, { what, text: told });
    }
  }
  return [...found.values()];
}

/** `mqtt://user:secret@host` without what stands before the @. */
const withoutPassword = (url: string): string => url.replace(/\/\/[^/@]*@/, '//');

/** Names of the tabs that run, and the number of nodes that stand on them. */
export function flowOf(flow: readonly FlowNode[]): Pick<Summary['flow'], 'tabs' | 'nodes'> {
  const tabs = flow.filter(({ type, disabled }) => type === 'tab' && disabled !== true);
  const ids = new Set(tabs.map(({ id }) => id));
  const nodes = flow.filter(
    (node) => node['x'] !== undefined && ids.has(text(node['z'])) && !DECORATION.has(node.type),
  );
  return { tabs: tabs.map((tab) => text(tab['label']) || tab.id), nodes: nodes.length };
}

const DECORATION = new Set(['comment', 'group']);

const text = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';

/** The address to open in a browser. */
export function addressOf(host: string, port: number, secure: boolean): string {
  const open = host === '0.0.0.0' || host === '::' ? 'localhost' : host;
  return `${secure ? 'https' : 'http'}://${open.includes(':') ? `[${open}]` : open}:${port}/`;
}

/** Of the package that this server is part of. */
export function ownVersion(): string {
  const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  return manifest.version;
}
