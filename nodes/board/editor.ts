import { defineDialog } from '../../editor/index.ts';

const text = (setting: unknown) => (typeof setting === 'string' ? setting : '');

export const dialog = defineDialog({
  label: ({ name, kind, scene }) => text(name) || `${text(kind) || 'virtual'} ${text(scene) || 'pump'}`,
});
