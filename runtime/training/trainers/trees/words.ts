import { grouped } from '../../../base/index.ts';
import type { Ensemble } from './ensemble.ts';

/** `100 trees, 12,406 nodes` */
export function treeWords({ trees, nodes }: Ensemble): string {
  const count = (many: number, one: string) => `${grouped(many)} ${one}${many === 1 ? '' : 's'}`;
  return `${count(trees, 'tree')}, ${count(nodes, 'node')}`;
}
