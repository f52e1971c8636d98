import { useEffect, useState } from 'preact/hooks';
import { boardAbilities, type BoardAbilities } from '../../../runtime/messages/index.ts';
import { askGateway } from '../../gateway.ts';
import { red } from '../../red.ts';
import type { DialogForm } from '../dialog.ts';
import { asItWillBe } from './judge.ts';

/** What a board will be once it is deployed; `undefined` where only the gateway knows. */
export type PlannedBoard = (node: Readonly<Record<string, unknown>>) => BoardAbilities | undefined;

/**
 * What the chosen board can do: at once as its own settings have it, deployed or not; then with what it says itself, where it
 * runs.
 */
export function useBoard(form: DialogForm, plannedBoard: PlannedBoard): BoardAbilities | undefined {
  const [board, setBoard] = useState<BoardAbilities>();
  useEffect(() => {
    let last = 0;
    form.watch('board', (id) => {
      const mine = ++last;
      const planned = plannedBoard(red().nodes.node(id) ?? {});
      setBoard(planned);
      void askGateway(`boards/${encodeURIComponent(id || 'standard')}/abilities`)
        .then((answer) => boardAbilities.parse(answer))
        .catch(() => undefined)
        .then((running) => {
          if (mine === last) setBoard(asItWillBe(planned, running));
        });
    });
  }, [form]);
  return board;
}
