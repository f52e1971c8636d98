/** A row of a table of components, as far as its dialog needs it. */
export interface ComponentRow {
  readonly label: string;
  readonly group: string;
  readonly pins: readonly {
    readonly role: string;
    readonly label: string;
    readonly use: string;
    readonly standard: string;
    readonly optional?: true;
  }[];
  readonly addresses?: readonly number[];
  readonly options?: readonly ComponentOption[];
  readonly needs?: readonly string[];
  readonly note?: string;
  readonly chip?: string;
  /** Virtual chips that are one of these, where they have other names. */
  readonly twins?: readonly string[];
  readonly gives?: readonly {
    readonly name: string;
    readonly unit: string;
    readonly min?: number;
    readonly max?: number;
  }[];
}

type ComponentOption =
  | {
      readonly kind: 'number';
      readonly key: string;
      readonly label: string;
      readonly unit: string;
      readonly min: number;
      readonly max: number;
      readonly standard: number;
    }
  | {
      readonly kind: 'choice';
      readonly key: string;
      readonly label: string;
      readonly options: readonly { readonly value: string; readonly label: string }[];
      readonly standard: string;
    }
  | { readonly kind: 'flag'; readonly key: string; readonly label: string; readonly standard: boolean };
export type { ComponentOption };

export type ComponentTable = Readonly<Record<string, ComponentRow>>;

/** What the dialog saves. */
export interface ComponentSettings {
  readonly kind: string;
  readonly pins: readonly string[];
  /** 0: the usual one. */
  readonly address: number;
  readonly options: Readonly<Record<string, number | string | boolean>>;
}

/** The table by its groups, in its order; only what holds every word that was typed. */
export function grouped(table: ComponentTable, search: string): [string, [string, ComponentRow][]][] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const groups = new Map<string, [string, ComponentRow][]>();
  for (const [kind, row] of Object.entries(table)) {
    const text = `${kind} ${row.label} ${row.group}`.toLowerCase();
    if (!words.every((word) => text.includes(word))) continue;
    groups.set(row.group, [...(groups.get(row.group) ?? []), [kind, row]]);
  }
  return [...groups];
}

/** What is chosen after a search: what was, where it matches; else the first that does; with none, it stays. */
export function found(table: ComponentTable, search: string, kind: string): string {
  const kinds = grouped(table, search).flatMap(([, rows]) => rows.map(([each]) => each));
  return kinds.includes(kind) ? kind : (kinds[0] ?? kind);
}

export const hex = (address: number): string => `0x${address.toString(16).padStart(2, '0')}`;

/** Whether a chip of a virtual board is what a row names. */
export const isLike = ({ chip, twins }: ComponentRow, name: string): boolean =>
  name === chip || (twins ?? []).includes(name);
