/** What a node's editor.ts may add to the dialog that its template and its settings already make. */
export interface DialogForm {
  /** The node as the editor holds it: settings by name. */
  readonly node: Record<string, unknown>;
  /** The input, select or textarea of this setting. */
  field(name: string): HTMLInputElement;
  /** The dialog's own element that matches this selector. */
  element(selector: string): HTMLElement;
  /** Every setting as it stands in the dialog. */
  settings(): Readonly<Record<string, unknown>>;
  /** Shows the form row of this setting, or hides it. */
  show(name: string, visible: boolean): void;
  /** Calls back now and whenever the user changes this setting. The value is the field's text; a checkbox's is `true`/`false`. */
  watch(name: string, listener: (value: string) => void): void;
  /**
   * What the gateway makes of the settings as they stand in the dialog: the answer of the node's own `preview`.
   *
   * @throws {Refused} with the reason, for instance a setting that is wrong
   */
  preview(): Promise<unknown>;
  /**
   * Tells the deployed node this: see `told` of the node's behaviour.
   *
   * @throws {Refused} with the reason, for instance that the node is not deployed
   */
  tell(command: Readonly<Record<string, unknown>>): Promise<unknown>;
  /** A string of the node's locale.json. */
  text(key: string, values?: Readonly<Record<string, string | number>>): string;
}

/** A setting's own editor, where one input is not enough. */
export interface Widget {
  /** What Done saves. */
  value(): unknown;
  close?(): void;
}

/** Draws into `element` the editor of a setting that holds `value`. */
export type MakeWidget = (element: HTMLElement, value: unknown, form: DialogForm) => Widget;

export interface Dialog {
  /** The node's label on the canvas when it has no name. Default: the palette's label. */
  label?(node: Readonly<Record<string, unknown>>): string;
  /** What is wrong with settings that belong together, by setting; each of them is checked by the node's schema already. */
  problems?(settings: Readonly<Record<string, unknown>>): Readonly<Record<string, string>>;
  /** The node has a button on the canvas, which tells the running node this: see `told` of the node's behaviour. */
  readonly button?: Readonly<Record<string, unknown>>;
  /**
   * Widgets by setting. Each is drawn into the template's `<div data-widget="SETTING"></div>`; there must be no element
   * of the id `node-input-SETTING`, which Node-RED would read and write itself.
   */
  readonly widgets?: Readonly<Record<string, MakeWidget>>;
  /** When the dialog opens, after its fields and widgets are filled. */
  prepare?(form: DialogForm): void;
  /** When the user presses Done: returns settings that the template's fields do not hold themselves. */
  save?(form: DialogForm): Record<string, unknown> | void;
}

/** A node's dialog: the export `dialog` of its editor.ts. */
export const defineDialog = (dialog: Dialog): Dialog => dialog;
