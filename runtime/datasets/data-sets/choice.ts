import type { ExampleChoice, TruthLabel } from '../../messages/index.ts';
import type { SqlValue } from '../../storage/index.ts';

export interface Condition {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

export const byLabel = (label: TruthLabel | null): Condition => ({ sql: 'label IS ?', values: [label] });

/** Which examples are meant, as SQL: of many ids, in several parts. */
export function conditionsOf(choice: ExampleChoice): readonly Condition[] {
  if ('label' in choice) return [byLabel(choice.label)];
  if ('group' in choice) return [{ sql: 'run = ?', values: [choice.group] }];
  const parts: Condition[] = [];
  for (let from = 0; from < choice.ids.length; from += IDS) {
    const ids = choice.ids.slice(from, from + IDS);
    parts.push({ sql: `id IN (SELECT value FROM json_each(?))`, values: [JSON.stringify(ids)] });
  }
  return parts;
}

const IDS = 10_000;
