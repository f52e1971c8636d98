import { type EditorNode, red } from '../red.ts';
import { verdictWords } from '../look/test-words.ts';
import type { Tests } from '../sidebar/tests/tests.ts';
import { judge, type Verdict } from './judge.ts';

const SVG = 'http://www.w3.org/2000/svg';
/** Told apart by their form, not only by their colour. */
const MARKS = { passed: 'M4 8.2 7 11 12 5.2', failed: 'M5 5 11 11 M11 5 5 11' } as const;

/** Marks each node of which the newest run of the tests says something, until the node is changed or deployed anew. */
export function drawVerdicts({ state }: Pick<Tests, 'state'>): void {
  let verdicts: ReadonlyMap<string, Verdict> = new Map();
  /** As it was drawn last. */
  const drawn = new WeakMap<EditorNode, Verdict>();
  const verdictOn = (node: EditorNode) => (node['changed'] === true ? undefined : verdicts.get(node.id));

  red().view.annotations.register('millrace-verdict', {
    type: 'badge',
    class: 'millrace-verdict-badge',
    align: 'left',
    element(node) {
      const verdict = verdictOn(node);
      if (verdict) drawn.set(node, verdict);
      return badge(verdict?.passed ?? true);
    },
    refresh: (node) => drawn.get(node)?.passed !== verdictOn(node)?.passed,
    show: (node) => verdictOn(node) !== undefined,
    tooltip(node) {
      const verdict = verdictOn(node);
      return verdict && verdictWords(verdict);
    },
  });

  let { results } = state.value;
  state.onChange(() => {
    if (state.value.results === results) return;
    results = state.value.results;
    const before = verdicts;
    verdicts = judge(results.values());
    for (const node of red().view.getActiveNodes()) {
      if (before.has(node.id) || verdicts.has(node.id)) node['dirty'] = true;
    }
    red().view.redraw();
  });
}

function badge(passed: boolean): SVGElement {
  const group = document.createElementNS(SVG, 'g');
  group.setAttribute('class', passed ? 'millrace-passed' : 'millrace-failed');
  const circle = document.createElementNS(SVG, 'circle');
  for (const [name, value] of [
    ['cx', 8],
    ['cy', 8],
    ['r', 8],
  ] as const)
    circle.setAttribute(name, String(value));
  const mark = document.createElementNS(SVG, 'path');
  mark.setAttribute('d', passed ? MARKS.passed : MARKS.failed);
  group.append(circle, mark);
  return group;
}
