import { red } from '../../red.ts';

/**
 * Hangs a collect node on the pointer.
 *
 * @returns whether the tab that is shown takes new nodes
 */
export function placeCollect(): boolean {
  const { view, workspaces } = red();
  if (workspaces.isLocked()) return false;
  const node = { id: 'millrace-collect', type: 'collect', z: workspaces.active(), name: '' };
  view.importNodes([{ ...node, x: 0, y: 0, wires: [[]] }], {
    generateIds: true,
    notify: false,
    applyNodeDefaults: true,
  });
  // So that Escape takes it away again.
  view.focus();
  return true;
}
