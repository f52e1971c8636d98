export { defineDialog } from './dialog/dialog.ts';
export type { Dialog, DialogForm, MakeWidget, Widget } from './dialog/dialog.ts';
export { rows } from './dialog/rows.tsx';
export type { Column } from './dialog/cell.tsx';
export type { RowsOptions } from './dialog/rows.tsx';
export { blocks } from './dialog/blocks/blocks.tsx';
export type { BlockKind, BlocksOptions } from './dialog/blocks/blocks.tsx';
export { collecting } from './sidebar/data/collecting-field.tsx';
export { modelChoice } from './sidebar/models/model-choice.tsx';
