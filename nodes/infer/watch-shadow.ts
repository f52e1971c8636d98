import type { ModelHold, Shadow } from '../../runtime/inference/index.ts';
import type { NodeContext } from '../../runtime/node-red/index.ts';

type Asked = Pick<NodeContext<unknown>, 'services' | 'fail'>;

/**
 * The candidate that is compared, if one is chosen; where its alias moves, the comparison begins anew. A candidate that cannot
 * be loaded must not stop the model in use.
 */
export async function watchShadow({ services: { inference }, fail }: Asked, hold: ModelHold | undefined) {
  if (!hold) return undefined;
  let current: Shadow | undefined;
  const open = async () => {
    const before = current;
    // One that is not there yet is compared once it is.
    if (!hold.current) return;
    current = await inference.shadow(hold.current).catch((error: unknown) => {
      fail(error);
      return undefined;
    });
    await before?.close();
  };
  await open();
  let opening: Promise<void> = Promise.resolve();
  const unlisten = hold.onChange(() => {
    opening = opening.then(open);
  });
  return {
    compare: (...args: Parameters<Shadow['compare']>) => current?.compare(...args),
    get summary() {
      return current?.summary;
    },
    async close() {
      unlisten();
      await opening;
      await current?.close();
    },
  };
}
