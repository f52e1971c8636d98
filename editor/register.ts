import type { z } from 'zod';
import type { Palette } from '../runtime/messages/index.ts';
import type { Dialog } from './dialog.ts';

/** What the build gathers from one node folder. */
export interface NodeFace {
  readonly type: string;
  readonly palette: Palette;
  /** The schema of config.ts: gives the defaults, the config nodes that settings refer to, and the checks. */
  readonly config: z.ZodObject;
  readonly dialog: Dialog;
  /** The icon's path as Node-RED knows it. */
  readonly icon: string;
  /** Names of the secrets. */
  readonly credentials?: readonly string[];
}

/** Registers a node's type with Node-RED's editor: what stands in the palette and on the canvas, and its dialog. */
export function registerNode(_face: NodeFace): void {}
