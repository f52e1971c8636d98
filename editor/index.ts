export { defineDialog } from './dialog.ts';
export type { Dialog, DialogForm, MakeWidget, Widget } from './dialog.ts';
export { rows } from './rows.tsx';
export type { Column, RowsOptions } from './rows.tsx';
