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
  /** What stands in that line. */
  readonly status?: { readonly text?: string };
  readonly inputs?: number;
  readonly outputs?: number;
  /** Of a config node: who refers to it. */
  readonly users?: readonly EditorNode[];
  /** Disabled. */
  readonly d?: boolean;
  /** Not deployed as it stands. */
  readonly changed?: boolean;
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
  button?: {
    enabled?(this: EditorNode): boolean;
    onclick(this: EditorNode): void;
  };
  oneditprepare?(this: EditorNode): void;
  oneditsave?(this: EditorNode): void;
  oneditcancel?(this: EditorNode): void;
  oneditdelete?(this: EditorNode): void;
}

export interface RedEditor {
  readonly settings: {
    get(key: string): unknown;
    /** Kept in this browser. */
    getLocal(key: string): string | null;
    setLocal(key: string, value: string): void;
    readonly apiRootUrl?: string;
  };
  readonly nodes: {
    registerType(type: string, definition: EditorNodeDefinition): void;
    node(id: string): EditorNode | null;
    /** Every node that stands on a canvas, in subflows too. */
    eachNode(visit: (node: EditorNode) => void): void;
    eachConfig(visit: (node: EditorNode) => void): void;
    eachWorkspace(
      visit: (tab: { readonly id: string; readonly label: string; readonly disabled?: boolean }) => void,
    ): void;
    /** The tab of this id. */
    workspace(id: string | undefined): unknown;
    filterLinks(filter: {
      source: { readonly id: string };
      sourcePort?: number;
    }): readonly { readonly target: EditorNode }[];
    /** Whether there are changes that are not deployed. */
    dirty(): boolean;
  };
  readonly workspaces: { active(): string; isLocked(): boolean; show(id: string): void };
  readonly tourGuide: {
    /** @param path of a module whose default export is `{steps}` */
    run(path: string, ended: (error?: unknown) => void): void;
  };
  readonly user: { hasPermission(permission: string): boolean };
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
    selection(): { readonly nodes?: readonly EditorNode[] };
    focus(): void;
    /** Hangs new nodes on the mouse, to be put down by a click. */
    importNodes(
      nodes: readonly Record<string, unknown>[],
      options: { generateIds: boolean; notify: boolean; applyNodeDefaults: boolean },
    ): void;
    readonly annotations: {
      register(
        id: string,
        annotation: {
          type: 'badge';
          class: string;
          align?: 'left' | 'right';
          element(node: EditorNode): SVGElement;
          show(node: EditorNode): boolean;
          refresh(node: EditorNode): boolean;
          tooltip(node: EditorNode): string | undefined;
          filter?(node: EditorNode): boolean;
        },
      ): void;
    };
    redraw(all?: boolean): void;
    getActiveNodes(): EditorNode[];
  };
  readonly utils: { getNodeLabel(node: EditorNode, standard: string): string };
  readonly hooks: { add(id: string, callback: (event: { node: EditorNode; el?: SVGGElement }) => void): void };
  /** Says something at the top of the editor. */
  notify(text: string, options: { type: 'error' | 'warning' | 'success' }): void;
  readonly menu: {
    /** `null` is a line between two entries. */
    addItem(
      menu: string,
      item: { readonly id: string; readonly label: string; readonly onselect: string } | null,
    ): void;
  };
  /** @param element beside which it is said that it was copied */
  readonly clipboard: { copyText(text: string, element?: unknown, said?: string): boolean };
  readonly actions: { add(id: string, action: () => void): void; invoke(id: string): void };
  readonly events: {
    on(event: string, listener: (value: unknown) => void): void;
    off(event: string, listener: (value: unknown) => void): void;
    emit(event: string): void;
  };
}

/** Node-RED's global, there when the editor loads us. */
export const red = (): RedEditor => (globalThis as unknown as { RED: RedEditor }).RED;
