import type { DataSetRow } from '../../../runtime/messages/index.ts';
import { DATA_WORDS as WORDS } from '../../look/data-words.ts';
import { Button } from '../button.tsx';
import { Notice } from '../notice.tsx';
import { mayWrite } from '../recordings/recordable.ts';
import type { DataSets } from './data-sets.ts';
import { useLoaded } from './use-loaded.ts';

interface FindingsProps {
  readonly row: DataSetRow;
  readonly dataSets: DataSets;
  /** Of `row`: changes when its examples do. */
  readonly state: string;
  show(example: number): void;
}

const LOOK = { stop: 'ban', warning: 'exclamation-triangle', hint: 'lightbulb-o' } as const;

/** What should be known of the examples before a model learns from them, and what mends it. */
export function Findings({ row: { name, shipped }, dataSets, state, show }: FindingsProps) {
  const { value, trouble } = useLoaded(() => dataSets.findings(name), name, state, 2_000);
  if (trouble) return <Notice trouble={trouble} />;
  if (!value) return null;
  if (value.length === 0) {
    return (
      <p class="millrace-finding millrace-finding-well">
        <i class="fa fa-check-circle" aria-hidden="true" /> {WORDS.nothingFound}
      </p>
    );
  }
  return (
    <ul class="millrace-items millrace-findings" aria-label={WORDS.found}>
      {value.map(({ code, weight, message, hint, relabel, examples = [] }) => {
        const [first] = examples;
        return (
          <li key={`${code} ${message}`} class={`millrace-finding millrace-finding-${weight}`}>
            <i class={`fa fa-${LOOK[weight]}`} aria-hidden="true" />
            <div>
              <p>{message}</p>
              <p class="millrace-quiet">{hint}</p>
              <div class="millrace-actions">
                {relabel && !shipped && mayWrite() && (
                  <Button
                    icon="magic"
                    label={WORDS.mend(relabel.from, relabel.to)}
                    act={() =>
                      void relabel.from.reduce<Promise<unknown>>(
                        (before, label) => before.then(() => dataSets.relabel(name, { label }, relabel.to)),
                        Promise.resolve(),
                      )
                    }
                  />
                )}
                {first !== undefined && <Button icon="eye" label={WORDS.show(first)} act={() => show(first)} />}
              </div>
            </div>
          </li>
        );
      })}
    </ul>
  );
}
