import { dataSetChoice, defineDialog } from '../../editor/index.ts';

export const dialog = defineDialog({
  button: { evaluate: 'start' },
  widgets: { dataSet: dataSetChoice },
});
