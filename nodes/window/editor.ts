import { defineDialog } from '../../editor/index.ts';

export const dialog = defineDialog({});
