import { exampleFlow } from '../gateway.ts';
import { red } from '../red.ts';

/** Shows the lesson's flow; one that is not in the editor yet is added. @throws {Refused} where it cannot be read */
export async function bringFlow(): Promise<void> {
  const { nodes, view, workspaces } = red();
  if (!nodes.node('first-collect')) {
    view.importNodes(await exampleFlow('first-model'), {
      generateIds: false,
      notify: false,
      applyNodeDefaults: false,
    });
  }
  workspaces.show('first');
}
