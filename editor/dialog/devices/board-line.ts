import { red } from '../../red.ts';

export interface BoardLine {
  readonly hardware: 'virtual' | 'emulated' | 'serial' | 'tcp';
  /** Bits a second of its serial line. */
  readonly baud: number;
}

const KINDS: readonly unknown[] = ['virtual', 'emulated', 'serial', 'tcp'];

/** How the board of a config node is connected, as the editor holds it, deployed or not. With none chosen it is the built-in one. */
export function boardLine(id: string): BoardLine {
  const board: Readonly<Record<string, unknown>> = red().nodes.node(id) ?? {};
  const { kind, baud } = board;
  return {
    hardware: KINDS.includes(kind) ? (kind as BoardLine['hardware']) : 'virtual',
    baud: Number(baud) > 0 ? Number(baud) : 57_600,
  };
}
