import type { MillraceError } from '../../runtime/base/index.ts';
import type { Predictor } from '../../runtime/inference/index.ts';
import type { NodeContext } from '../../runtime/node-red/index.ts';

type Told = Pick<NodeContext<unknown>, 'status' | 'show' | 'services'>;

/** ms: one warning among good predictions can be read, and a stream that is mixed does not flicker. */
const STAYS = 1000;

/**
 * Warns at the node and in the sidebar as long as features come that another recipe made, and a moment longer; then it says
 * the predictions again.
 */
export function recipeWatch({ status, show, services: { clock } }: Told, predictor: () => Predictor | undefined) {
  let seen: unknown;
  let asked: Predictor | undefined;
  let warning: MillraceError | undefined;
  let count = 0;
  let last = 0;
  let usual = () => undefined as void;
  let clearing: { cancel(): void } | undefined;

  const stop = () => {
    clearing?.cancel();
    clearing = undefined;
  };
  const clear = () => {
    stop();
    count = 0;
    show({ kind: 'cleared', what: 'problem' });
  };
  const warn = ({ code, message, hint, title }: MillraceError, made: string) => {
    stop();
    last = clock.monotonic();
    count++;
    show({ kind: 'problem', code, message, hint, title, count });
    status('warning', 'otherRecipe', { found: made.slice(0, 4), expected: (predictor()?.recipe ?? '').slice(0, 4) });
  };

  return {
    /**
     * @param made by which recipe the features were made, if they say so
     * @param say  what the status says of the prediction
     */
    see(made: unknown, say: () => void) {
      const current = predictor();
      if (made !== seen || current !== asked) {
        seen = made;
        asked = current;
        warning = current?.doubt(made);
      }
      if (warning) return warn(warning, String(made));
      if (count === 0) return say();
      usual = say;
      clearing ??= clock.after(Math.max(0, last + STAYS - clock.monotonic()), () => {
        clear();
        usual();
      });
    },
    close() {
      if (count > 0) clear();
    },
  };
}
