import type { Evaluation } from '../../../runtime/messages/index.ts';
import { count } from '../../look/numbers.ts';
import { figure, TRAINING_WORDS as WORDS } from '../../look/training-words.ts';

const MOST = 30;

/** The main figure run by run, the worst first. */
export function Groups({ evaluation: { groups, task } }: { readonly evaluation: Evaluation }) {
  return (
    <>
      <p class="millrace-quiet">{WORDS.groupsHint}</p>
      <ul class="millrace-bars millrace-groups">
        {groups.slice(0, MOST).map(({ group, rows, value }) => (
          <li key={group} title={`${count(rows)} examples`}>
            <span class="millrace-bar-name" title={group}>
              {group}
            </span>
            <span class="millrace-bar">
              <span style={{ width: `${Math.max(0, Math.min(1, value)) * 100}%` }} />
            </span>
            <span class="millrace-bar-value">{figure(task, value)}</span>
          </li>
        ))}
      </ul>
      {groups.length > MOST && <p class="millrace-quiet">… {count(groups.length - MOST)} more</p>}
    </>
  );
}
