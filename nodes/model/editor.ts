import { defineDialog } from '../../editor/index.ts';

export const dialog = defineDialog({
  label: ({ name, model }) => String(name || model || 'pump-health'),
});
