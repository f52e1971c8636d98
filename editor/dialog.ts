/** What a node's editor.ts may add to the dialog that its template and its settings already make. */
export interface DialogForm {
  /** The node as the editor holds it: settings by name. */
  readonly node: Record<string, unknown>;
  /** The input, select or textarea of this setting. */
  field(name: string): HTMLInputElement;
  /** The dialog's own element of this class or id, for widgets. */
  element(selector: string): HTMLElement;
  /** A string of the node's locale.json. */
  text(key: string, values?: Readonly<Record<string, string | number>>): string;
}

export interface Dialog {
  /** The node's label on the canvas when it has no name. Default: the palette's label. */
  label?(node: Readonly<Record<string, unknown>>): string;
  /** When the dialog opens. */
  prepare?(form: DialogForm): void;
  /** When the user presses Done: returns settings that the template's fields do not hold themselves. */
  save?(form: DialogForm): Record<string, unknown> | void;
}

/** A node's dialog: the export `dialog` of its editor.ts. */
export const defineDialog = (dialog: Dialog): Dialog => dialog;
