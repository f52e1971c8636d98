import { errors } from './errors.ts';

/** What a config node shares with the nodes that refer to it. */
export interface Share {
  readonly value: Promise<unknown>;
  /** Somebody wanted it: a config node's error is then told by the node that cannot work without it. */
  asked: boolean;
}

const shares = new Map<string, Share>();

/** Offers under the config node's id what its setup will share. @returns the share, and what takes the offer back */
export function offer(id: string, value: Promise<unknown>): { share: Share; withdraw: () => void } {
  // Whoever asks gets the rejection; without anybody it must not end the process.
  value.catch(() => undefined);
  const share: Share = { value, asked: false };
  shares.set(id, share);
  const withdraw = () => {
    // A deploy may have made the node anew before the old one was closed.
    if (shares.get(id) === share) shares.delete(id);
  };
  return { share, withdraw };
}

/**
 * @param type of the node that asks
 * @throws CONFIG_NODE_MISSING, or what the config node's own setup threw
 */
export async function ask(id: string, type: string): Promise<unknown> {
  const share = shares.get(id);
  if (!share) throw errors.CONFIG_NODE_MISSING({ type, id });
  share.asked = true;
  return share.value;
}

/** What nodes of this type may know of config nodes: nothing of an empty id, which stands for the built-in default. */
export const sharedWith =
  (type: string) =>
  async <T>(id: string): Promise<T | undefined> =>
    id === '' ? undefined : ((await ask(id, type)) as T);
