import { defineDialog } from '../../editor/index.ts';

export const dialog = defineDialog({
  label: ({ stream }) => (typeof stream === 'string' && stream !== '' ? `upload ${stream}` : ''),
});
