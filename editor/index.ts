export { defineDialog } from './dialog.ts';
export type { Dialog, DialogForm } from './dialog.ts';
