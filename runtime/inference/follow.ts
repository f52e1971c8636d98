import type { ModelHold } from '../models/package/index.ts';
import type { Inference } from './inference.ts';
import type { Predictor, PredictorOptions } from './predictor.ts';

/** A predictor of the version that a reference means, also after its alias has moved. */
export interface FollowingPredictor {
  /** Nothing as long as there is no model. */
  readonly current: Predictor | undefined;
  close(): Promise<void>;
}

export interface FollowOptions extends PredictorOptions {
  /** Called when another version answers, the first among them where there was none. */
  readonly switched?: (predictor: Predictor) => void;
  /** Called when the new version cannot be used: the one of before goes on. */
  readonly failed?: (error: unknown) => void;
}

/**
 * Opens what the hold means, and changes over when it means another version: the new one is loaded beside the old one, which
 * answers until then and ends what it was asked. No question is lost. A hold that means nothing yet is waited for.
 *
 * @throws as `open` does
 */
export async function followModel(
  { open }: Pick<Inference, 'open'>,
  hold: ModelHold,
  { switched, failed, ...options }: FollowOptions,
): Promise<FollowingPredictor> {
  let current = hold.current && (await open(hold.current, options));
  let closed = false;
  let changing: Promise<void> = Promise.resolve();

  const change = async () => {
    const pkg = hold.current;
    if (closed || !pkg || pkg.digest === current?.model.digest) return;
    try {
      const next = await open(pkg, options);
      const before = current;
      if (closed) return await next.close();
      current = next;
      switched?.(next);
      await before?.close();
    } catch (error) {
      failed?.(error);
    }
  };
  const unlisten = hold.onChange(() => {
    changing = changing.then(change);
  });
  // It may have come while the first one was opened.
  changing = changing.then(change);

  return {
    get current() {
      return current;
    },
    async close() {
      closed = true;
      unlisten();
      await changing;
      await current?.close();
    },
  };
}
