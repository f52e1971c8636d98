import { defineDialog, modelChoice } from '../../editor/index.ts';

const text = (setting: unknown) => (typeof setting === 'string' ? setting : '');

export const dialog = defineDialog({
  label: ({ name, model }) => text(name) || text(model) || 'pump-health',
  widgets: { model: modelChoice },
});
