/** The part of Node-RED's editor API that Millrace uses, typed by what Node-RED 5 does. */

/** A node on the canvas, as the editor holds it. */
export interface EditorNode extends Record<string, unknown> {
  readonly id: string;
  readonly type: string;
  readonly name?: string;
  /** Its tab. */
  readonly z?: string;
  /** Its middle on the canvas; config nodes stand on none. */
  readonly x?: number;
  readonly y?: number;
  /** Width and height on the canvas. */
  readonly w: number;
  readonly h: number;
  /** Of the status line under it; 0 or absent where none is shown. */
  readonly statusHeight?: number;
  readonly _def: { readonly category: string };
  _(key: string, values?: Readonly<Record<string, string | number>>): string;
}

export interface EditorProperty {
  value: unknown;
  required?: boolean;
  /** The type of the config node that it refers to. */
  type?: string;
  label?: string;
  validate?(this: EditorNode, value: unknown, options: { label?: string }): boolean | string;
}

export interface EditorNodeDefinition {
  category: string;
  color?: string;
  defaults: Record<string, EditorProperty>;
  credentials?: Record<string, { type: 'password' | 'text' }>;
  inputs?: number;
  outputs?: number;
  icon?: string;
  align?: 'right';
  paletteLabel?(this: EditorNode): string;
  label(this: EditorNode): string;
  labelStyle?(this: EditorNode): string;
  outputLabels?(this: EditorNode, index: number): string | undefined;
  oneditprepare?(this: EditorNode): void;
  oneditsave?(this: EditorNode): void;
  oneditcancel?(this: EditorNode): void;
  oneditdelete?(this: EditorNode): void;
}

export interface RedEditor {
  readonly settings: {
    get(key: string): unknown;
    readonly apiRootUrl?: string;
  };
  readonly nodes: {
    registerType(type: string, definition: EditorNodeDefinition): void;
    node(id: string): EditorNode | null;
  };
  readonly sidebar: {
    addTab(options: {
      id: string;
      label: string;
      name: string;
      content: HTMLElement;
      iconClass?: string;
      icon?: string;
      enableOnEdit?: boolean;
      onchange?(): void;
      onremove?(): void;
    }): void;
    show(id: string): void;
    readonly config: { show(id: string): void };
  };
  readonly view: {
    reveal(id: string): void;
    select(selection: { nodes: EditorNode[] }): void;
    redraw(all?: boolean): void;
    getActiveNodes(): EditorNode[];
  };
  readonly hooks: { add(id: string, callback: (event: { node: EditorNode; el?: SVGGElement }) => void): void };
  readonly actions: { add(id: string, action: () => void): void };
  readonly events: { on(event: string, listener: (value: unknown) => void): void };
}

/** Node-RED's global, there when the editor loads us. */
export const red = (): RedEditor => (globalThis as unknown as { RED: RedEditor }).RED;
