import { red } from '../../red.ts';

/** The nodes that messages of these come to: along wires, and from link out to link in. Without these themselves. */
export function downstream(ids: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [...ids];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const wired = red()
      .nodes.filterLinks({ source: { id } })
      .map(({ target }) => target.id);
    const node = red().nodes.node(id);
    const links = node?.type === 'link out' ? node['links'] : undefined;
    const linked = Array.isArray(links) ? (links as string[]) : [];
    for (const next of [...wired, ...linked]) {
      if (found.has(next)) continue;
      found.add(next);
      open.push(next);
    }
  }
  for (const id of ids) found.delete(id);
  return found;
}
