import type { ModelHold } from '../../runtime/inference/index.ts';
import type { NodeContext, NodeMessage } from '../../runtime/node-red/index.ts';

/** A control message: it asks nothing of the model, and nothing is sent. */
export const isAliasMove = (message: NodeMessage): boolean =>
  message['alias'] !== undefined && message['alias'] !== null;

/**
 * Moves the alias of one of the models that a node uses. Where the alias moves, the node follows by its hold, as it does when
 * somebody else has moved it, and says so then; that there was nothing to do it says here.
 */
export function aliasMoves(
  models: NodeContext<unknown>['services']['models'],
  status: NodeContext<unknown>['status'],
  holds: readonly (ModelHold | undefined)[],
): (message: NodeMessage) => Promise<void> {
  const [chosen, ...others] = holds.map((hold) => hold?.reference);
  const follows = [chosen ?? '', ...others.filter((one) => one !== undefined)];
  return async ({ alias, model }) => {
    const { moved, version } = await models.switchAlias(alias, follows, model);
    if (!moved) status('ok', 'stays', { version });
  };
}
