import { useEffect, useRef, useState } from 'preact/hooks';
import { type RecipePreview, recipePreview } from '../../../runtime/messages/index.ts';
import { Refused } from '../../gateway.ts';
import { placeOf } from '../blocks/check.ts';
import type { DialogForm } from '../dialog.ts';
import { type Asking, keepAsking } from './ask.ts';

/** About twice a second. */
const EVERY = 500;

/** Why there is no newer preview. */
export interface PreviewProblem {
  readonly text: string;
  readonly hint?: string;
  /** The place of the block that is to blame. */
  readonly block?: number;
  readonly parameter?: string;
}

/** What the recipe makes of the newest window, as long as the dialog is open. */
export interface LivePreview {
  readonly preview: RecipePreview | undefined;
  readonly problem: PreviewProblem | undefined;
  /** The recipe is one's own. */
  readonly own: boolean;
  /** Asks at once: something was changed. */
  again(): void;
}

export function usePreview(form: DialogForm, from: string, watch: readonly string[]): LivePreview {
  const [preview, setPreview] = useState<RecipePreview>();
  const [problem, setProblem] = useState<PreviewProblem>();
  const [own, setOwn] = useState(form.field(from).value === 'own');
  const asking = useRef<Asking>(undefined);

  useEffect(() => {
    asking.current = keepAsking({
      every: EVERY,
      ask: async () => recipePreview.parse(await form.preview()),
      answered(answer) {
        setPreview(answer);
        setProblem(undefined);
      },
      refused: (error) => setProblem(problemOf(error)),
    });
    form.watch(from, (value) => {
      setOwn(value === 'own');
      // What was shown is of another recipe.
      setPreview(undefined);
      asking.current?.again();
    });
    for (const name of watch) form.watch(name, () => asking.current?.again());
    return () => asking.current?.stop();
  }, [form]);

  return { preview, problem, own, again: () => asking.current?.again() };
}

function problemOf(error: unknown): PreviewProblem {
  const message = error instanceof Error ? error.message : String(error);
  const place = placeOf(message);
  // At the block itself its place need not be said.
  const text = place ? message.replace(/^.*"blocks\.[^"]*"[^:]*: /, '') : message;
  const hint = error instanceof Refused ? error.hint : undefined;
  return { text, ...(hint !== undefined && { hint }), ...place };
}
