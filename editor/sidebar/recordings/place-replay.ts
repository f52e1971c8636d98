import { red } from '../../red.ts';

/**
 * Hangs a replay node with this recording on the pointer.
 *
 * @returns whether the tab that is shown takes new nodes
 */
export function placeReplay(recording: string): boolean {
  const { view, workspaces } = red();
  if (workspaces.isLocked()) return false;
  const node = { id: 'millrace-replay', type: 'replay', z: workspaces.active(), name: '', recording };
  view.importNodes([{ ...node, x: 0, y: 0, wires: [[]] }], {
    generateIds: true,
    notify: false,
    applyNodeDefaults: true,
  });
  // So that Escape takes it away again.
  view.focus();
  return true;
}
