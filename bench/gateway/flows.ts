/** The pump as a bundle, and what somebody would draw for it in a plain Node-RED. */
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type FlowNode, packBundle, type PackedBundle } from '../../runtime/bundle/index.ts';
import type { Registry } from '../../runtime/models/registry/index.ts';

const root = resolve(import.meta.dirname, '../..');
export const MODELS = join(root, 'flows/pump/models');
/** What the pump may run instead. */
export const OTHER_MODELS = join(root, 'flows/drift/models');
export const OTHER_MODEL = 'pump-watch@1.1.0';

/** Said once, at the first prediction: a line on the console of either. */
const SAY = 'if (!context.get("said")) { context.set("said", true); node.warn("first prediction"); }';

/** The pump's flow without what writes to the log, and with what says when it has predicted. */
export async function pumpFlow(): Promise<FlowNode[]> {
  const text = await readFile(join(root, 'flows/pump/flow.json'), 'utf8');
  const flow = (JSON.parse(text) as FlowNode[]).filter(({ type }) => type !== 'debug');
  const said = { id: 'said', type: 'function', z: 'pump', x: 10, y: 10, func: SAY, outputs: 0, wires: [] };
  return [
    ...flow.map((node) => {
      if (node.type !== 'infer') return node;
      const [first = [], ...others] = node['wires'] as readonly (readonly string[])[];
      return { ...node, wires: [[...first, said.id], ...others] };
    }),
    said,
  ];
}

/** As many readings, windows and decisions by hand: 100 a second, and an answer for each window of a second. */
export function plainFlow(): FlowNode[] {
  const place = { z: 'tab', x: 10, y: 10 };
  const func = `
    const rows = context.get('rows') ?? [];
    rows.push([Math.random(), Math.random(), Math.random(), Math.random()]);
    if (rows.length < 100) return context.set('rows', rows), null;
    context.set('rows', rows.slice(25));
    const rms = Math.sqrt(rows.reduce((sum, [x]) => sum + x * x, 0) / rows.length);
    return { payload: { label: rms > 0.8 ? 'worn' : 'healthy' } };`;
  return [
    { id: 'tab', type: 'tab', label: 'Plain' },
    {
      id: 'read',
      type: 'inject',
      ...place,
      once: true,
      onceDelay: 0.01,
      repeat: '0.01',
      props: [],
      wires: [['judge']],
    },
    { id: 'judge', type: 'function', ...place, func, outputs: 1, wires: [['said']] },
    { id: 'said', type: 'function', ...place, func: SAY, outputs: 0, wires: [] },
  ];
}

export const packPump = (flow: readonly FlowNode[], models: Registry): Promise<PackedBundle> =>
  packBundle({ name: 'pump', flow, models, builtIn: new Set(flow.map(({ type }) => type)), runtime: '0.1.0' });
