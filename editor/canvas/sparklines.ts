import type { Store } from '../live/store.ts';
import { red, type EditorNode } from '../red.ts';
import { drawingOf } from './drawings.ts';

const SVG = 'http://www.w3.org/2000/svg';
/** With the status line above it, it just fits between nodes that stand 60 px apart. */
const HEIGHT = 11;
/** At most ten times a second. */
const PERIOD = 100;
/** Below the node. */
const GAP = 5;
/** Below the node and its status line. */
const STATUS_GAP = 18;

/** Draws the recent past under each visible node that has shown something, below its status. */
export function drawSparklines(store: Store): void {
  red().hooks.add('viewRedrawNode.millrace', ({ node, el }) => {
    if (el && node.type !== 'group') draw(store, node, el);
  });
  let due: number | undefined;
  store.onChange(() => {
    due ??= window.setTimeout(() => {
      due = undefined;
      // A hidden page needs no drawing; the first change after its return draws it anew.
      if (!document.hidden) drawAll(store);
    }, PERIOD);
  });
}

function drawAll(store: Store): void {
  for (const node of red().view.getActiveNodes()) {
    const element = document.getElementById(node.id);
    if (element instanceof SVGGElement) draw(store, node, element);
  }
}

function draw(store: Store, node: EditorNode, element: SVGGElement): void {
  let group = element.querySelector<SVGGElement>(':scope > .millrace-sparkline');
  const box = { width: Math.max(20, node.w - 12), height: HEIGHT };
  const isOff = node['d'] === true || node.type === 'unknown';
  const strokes = isOff ? undefined : drawingOf(store, node.id, box);
  if (!strokes) {
    group?.remove();
    return;
  }
  if (!group) {
    group = document.createElementNS(SVG, 'g');
    group.setAttribute('class', 'millrace-sparkline');
    element.append(group);
  }
  const top = node.h + (node.statusHeight ? STATUS_GAP : GAP);
  group.setAttribute('transform', `translate(6, ${top})`);
  while (group.childElementCount > strokes.length) group.lastElementChild?.remove();
  while (group.childElementCount < strokes.length) group.append(document.createElementNS(SVG, 'path'));
  strokes.forEach(({ path, look }, index) => {
    const stroke = group.children[index];
    stroke?.setAttribute('d', path);
    stroke?.setAttribute('class', `millrace-${look}`);
  });
}
