import { dataSetChoice, defineDialog, trainingChoices } from '../../editor/index.ts';

const text = (setting: unknown) => (typeof setting === 'string' ? setting : '');

export const dialog = defineDialog({
  label: ({ model }) => (text(model) === '' ? '' : `train ${text(model)}`),
  button: { train: 'start' },
  widgets: { dataSet: dataSetChoice, choices: trainingChoices },
});
