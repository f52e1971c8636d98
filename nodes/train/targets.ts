import type { DataSetRow } from '../../runtime/messages/index.ts';

/**
 * What is learnt from where nothing is chosen: of the data sets with examples the one that was filled last.
 *
 * @example
 * chooseDataSet([], ''); // undefined
 */
export function chooseDataSet(rows: readonly DataSetRow[], chosen: string): string | undefined {
  const wanted = chosen.trim();
  if (wanted !== '') return wanted;
  const usable = rows.filter(({ examples, shipped, problem }) => examples > 0 && !shipped && !problem);
  return usable.toSorted((a, b) => (b.changed ?? 0) - (a.changed ?? 0))[0]?.name;
}

/**
 * What the model is called where nothing is said.
 *
 * @example
 * modelName('', 'My Pump 2'); // 'my-pump-2'
 */
export function modelName(chosen: string, dataSet: string): string {
  const wanted = chosen.trim();
  if (wanted !== '') return wanted;
  const name = dataSet
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[-._]+|[-._]+$/g, '');
  if (name === '') return 'my-model';
  return name.startsWith('my-') ? name : `my-${name}`;
}
