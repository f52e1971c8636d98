import { z } from 'zod';
import { REFERENCE_VOLTS } from './virtual/adc.ts';
import { ownSignal, sceneNames, STANDARD_SIGNALS } from './world/schema.ts';

/** `virtual` and `emulated` have a world; `serial` and `tcp` are hardware. */
export const boardKinds = ['virtual', 'emulated', 'serial', 'tcp'] as const;
export type BoardKind = (typeof boardKinds)[number];
/** Whether there is a world around a board of this kind. */
export const hasWorld = (kind: BoardKind): boolean => kind === 'virtual' || kind === 'emulated';

/** The voltage at which its analog inputs read all they can: of a board in software that of an Uno. */
export const analogVoltsOf = ({ kind, analogVolts }: Pick<BoardSettings, 'kind' | 'analogVolts'>): number =>
  hasWorld(kind) ? REFERENCE_VOLTS : analogVolts;

/** What a board is and, of a virtual one, what it is wired to. */
export const boardSettings = z.object({
  name: z.string().default(''),
  kind: z.enum(boardKinds).default('virtual'),
  /** The virtual world that drives the pins. */
  scene: z.enum(sceneNames).default('pump'),
  /** The same seed gives the same readings. */
  seed: z.number().int().default(1),
  /** Of the scene `own`: what drives the pins and the chips. */
  signals: z.array(ownSignal).default(STANDARD_SIGNALS),
  /** Of a serial board: the port by its stable name, `/dev/serial/by-id/…` where there is one. */
  port: z.string().default(''),
  /** Bits a second of its serial line. */
  baud: z.number().int().min(1200).max(2_000_000).default(57_600),
  /** Of a real board: the voltage at which its analog inputs read all they can. */
  analogVolts: z.number().min(0.5).max(5.5).default(REFERENCE_VOLTS),
  /** Of a board on the network. */
  host: z.string().default(''),
  tcpPort: z.number().int().min(1).max(65_535).default(3030),
});
export type BoardSettings = z.infer<typeof boardSettings>;

/** Where a real board is: its serial port, or `host:port`. '' where the settings do not say. */
export function boardPlace({ kind, port, host, tcpPort }: Pick<BoardSettings, 'kind' | 'port' | 'host' | 'tcpPort'>) {
  if (kind === 'serial') return port;
  return kind === 'tcp' && host !== '' ? `${host}:${tcpPort}` : '';
}
