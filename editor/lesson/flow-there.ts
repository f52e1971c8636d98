import flow from '../../flows/first-model/flow.json' with { type: 'json' };
import { red } from '../red.ts';

/** Shows the lesson's flow; one that is not in the editor yet is added. */
export function bringFlow(): void {
  const { nodes, view, workspaces } = red();
  if (!nodes.node('first-collect')) {
    view.importNodes(flow, {
      generateIds: false,
      notify: false,
      applyNodeDefaults: false,
    });
  }
  workspaces.show('first');
}
