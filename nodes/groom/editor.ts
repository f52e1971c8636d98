import { defineDialog, rows } from '../../editor/index.ts';
import { row, SUMMARIES, UNIT_SYMBOLS } from './config.ts';

const types = row.options.map((option) => option.shape.type.value);
const is =
  (...wanted: readonly string[]) =>
  ({ type }: Readonly<Record<string, unknown>>) =>
    wanted.includes(String(type));

/** A step that was made another has that one's settings; one that was not written by this dialog may lack some. */
function complete(step: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const standard = row.safeParse({ type: step['type'] }).data;
  if (!standard) return step;
  return Object.fromEntries(Object.entries(standard).map(([key, value]) => [key, step[key] ?? value]));
}

export const dialog = defineDialog({
  widgets: {
    steps: rows({
      labelled: true,
      columns: [
        {
          key: 'type',
          label: 'label.step',
          type: 'choice',
          options: types.map((value) => ({ value, label: `step.${value}` })),
          width: 9,
        },
        { key: 'channels', label: 'label.channels', placeholder: 'placeholder.channels', width: 7 },
        { key: 'low', label: 'label.low', type: 'number', width: 5, appliesTo: is('range') },
        { key: 'high', label: 'label.high', type: 'number', width: 5, appliesTo: is('range') },
        { key: 'window', label: 'label.window', type: 'number', min: 3, step: 1, width: 4, appliesTo: is('outliers') },
        { key: 'sigmas', label: 'label.sigmas', type: 'number', min: 0, width: 4, appliesTo: is('outliers') },
        { key: 'least', label: 'label.least', type: 'number', min: 0, width: 4, appliesTo: is('outliers') },
        {
          key: 'by',
          label: 'label.by',
          type: 'choice',
          options: ['value', 'id'].map((value) => ({ value, label: `by.${value}` })),
          width: 8,
          appliesTo: is('duplicates'),
        },
        { key: 'within', label: 'label.within', type: 'number', min: 0, width: 5, appliesTo: is('duplicates') },
        {
          key: 'from',
          label: 'label.from',
          type: 'choice',
          options: [{ value: '', label: 'from.message' }, ...UNIT_SYMBOLS],
          width: 5,
          appliesTo: is('unit'),
        },
        { key: 'to', label: 'label.to', type: 'choice', options: UNIT_SYMBOLS, width: 5, appliesTo: is('unit') },
        { key: 'amount', label: 'label.amount', type: 'number', min: 0, width: 4, appliesTo: is('deadband') },
        { key: 'percent', label: 'label.percent', type: 'flag', width: 2, appliesTo: is('deadband') },
        { key: 'heartbeat', label: 'label.heartbeat', type: 'number', min: 0, width: 5, appliesTo: is('deadband') },
        { key: 'period', label: 'label.period', type: 'number', min: 0, width: 4, appliesTo: is('aggregate') },
        ...SUMMARIES.map((key) => ({
          ...{ key, label: `label.${key}`, type: 'flag' as const, width: 3, appliesTo: is('aggregate') },
        })),
        { key: 'deviation', label: 'label.deviation', type: 'number', min: 0, width: 5, appliesTo: is('compress') },
        { key: 'longest', label: 'label.longest', type: 'number', min: 0, width: 5, appliesTo: is('compress') },
      ],
      add: () => row.parse({ type: 'range' }),
      complete,
    }),
  },
});
