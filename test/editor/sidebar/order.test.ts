/** In which order the sidebar shows what runs: by the editor's own canvas. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createHistory } from '../../../editor/live/history.ts';
import type { Entry } from '../../../editor/live/store.ts';
import { asOnCanvas, shownFlowFirst } from '../../../editor/sidebar/order.ts';

const on = (z: string, id: string, y: number, board?: string) => ({
  ...{ id, z, x: 100, y },
  ...(board !== undefined && { board }),
});
const canvas = [on('pump', 'watch', 40, ''), on('house', 'warm', 90, 'greenhouse'), on('house', 'soil', 60, 'bed')];
let active = 'pump';

beforeEach(() => {
  const users = (board: string) => ({ id: board, users: canvas.filter((node) => node.board === board) });
  const known = new Map<string, unknown>([...canvas, users('greenhouse'), users('bed')].map((node) => [node.id, node]));
  vi.stubGlobal('RED', {
    nodes: {
      node: (id: string) => known.get(id) ?? null,
      eachNode: (visit: (node: unknown) => void) => canvas.forEach(visit),
    },
    workspaces: { active: () => active },
  });
});
afterEach(() => vi.unstubAllGlobals());

const entry = (node: string) => ({ latest: { node }, history: createHistory(1) }) as unknown as Entry;
const inOrder = (...nodes: string[]) => asOnCanvas(nodes.map(entry)).map(({ latest }) => latest.node);

describe('the order of the cards', () => {
  it('has the boards of the flow that is looked at first, then as those who use them stand', () => {
    active = 'pump';
    expect(inOrder('greenhouse', 'bed', 'standard')).toEqual(['standard', 'bed', 'greenhouse']);
    active = 'house';
    expect(inOrder('standard', 'greenhouse', 'bed')).toEqual(['bed', 'greenhouse', 'standard']);
  });

  it('has what nobody uses at the end', () => {
    expect(inOrder('gone', 'bed')).toEqual(['bed', 'gone']);
  });

  it('puts no card of another flow before one of the flow that is looked at', () => {
    active = 'house';
    const cards = ['watch', 'greenhouse', 'standard', 'soil'].map((node) => ({ entry: entry(node) }));
    const nodes = shownFlowFirst(cards).map((card) => card.entry.latest.node);
    expect(nodes).toEqual(['greenhouse', 'soil', 'watch', 'standard']);
  });
});
