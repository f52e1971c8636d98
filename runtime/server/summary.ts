import { readFileSync } from 'node:fs';
import type { FlowNode } from './flow-file.ts';
import type { Summary } from './options.ts';

/** What uses what, and what it uses where nothing was chosen. */
const USES = [
  { what: 'board', by: ['pins', 'sensor', 'actuator'], standard: 'virtual pump (built in)' },
  { what: 'model', by: ['infer', 'drift'], standard: 'pump-health (comes with Millrace)' },
  { what: 'target', by: ['upload'], standard: 'built-in broker' },
] as const;

/** The boards, models and targets of a flow, each once, in the names that the user gave them. */
export function usesOf(flow: readonly FlowNode[]): Summary['uses'] {
  const byId = new Map(flow.map((node) => [node.id, node]));
  const found = new Map<string, Summary['uses'][number]>();
  for (const { type, d: disabled, ...settings } of flow) {
    for (const { what, by, standard } of USES) {
      if (disabled === true || !(by as readonly string[]).includes(type)) continue;
      const chosen = byId.get(text(settings[what]));
      const name = chosen
        ? text(chosen['name']) || text(chosen['reference']) || text(chosen['url']) || standard
        : standard;
      found.set(`${what} ${name}`, { what, text: name });
    }
  }
  return [...found.values()];
}

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

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

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
