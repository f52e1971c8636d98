/**
 * What the sidebar and the dialogs ask of boards.
 *
 * GET  boards/ports             → serialPorts: what is plugged in now
 * GET  boards/:id/abilities     → boardAbilities: what the running board can do (`standard`: the built-in one)
 * POST boards/:id/world         boardWorldChange → {}: a slider or a choice of its virtual world
 */
import { z } from 'zod';

const serialPort = z.object({
  /** What is saved: the stable name where there is one. */
  port: z.string(),
  /** Other names that lead to it: the system's own, and links. */
  others: z.array(z.string()).optional(),
  /** For people: the maker and what the system calls it, such as `Arduino Uno (ttyACM0)`. */
  label: z.string(),
  /** Whether the name stays when it is plugged in elsewhere. */
  stable: z.boolean(),
  /** Why it cannot be opened by this user, and what to do. */
  problem: z.string().optional(),
});

export const serialPorts = z.object({ ports: z.array(serialPort) });
export type SerialPorts = z.infer<typeof serialPorts>;

export const boardAbilities = z.object({
  connected: z.boolean(),
  hardware: z.enum(['virtual', 'emulated', 'serial', 'tcp']),
  /** Name and version that the firmware gives of itself. */
  firmware: z.string(),
  pins: z.array(z.object({ name: z.string(), uses: z.array(z.string()), holders: z.array(z.string()) })),
  /** What else the firmware can do: `i2c`, `onewire`, `serial`, `stepper`, `ping`, `tone`. */
  features: z.array(z.string()),
  /** Of a virtual board: the addresses of the chips that its world has, with their names. */
  chips: z.array(z.object({ chip: z.string(), address: z.number() })).optional(),
  /** Of a virtual board: what its world has on its pins, by the kind of the catalogue that reads it. */
  inputs: z.array(z.object({ pin: z.string(), kind: z.string(), what: z.string() })).optional(),
  /** The same of what its world feels: by the kind of the catalogue that sets it. */
  outputs: z.array(z.object({ pin: z.string(), kind: z.string(), what: z.string() })).optional(),
  /** Bytes a second that its line carries; absent: no such bound. */
  bytesPerSecond: z.number().optional(),
});
export type BoardAbilities = z.infer<typeof boardAbilities>;

/** What a real board has said of itself, for whoever asks whether a flow can use it. */
export const boardProfile = boardAbilities.pick({ firmware: true, features: true }).extend({
  /** As the board's settings name it: its serial port, or `host:port`. */
  port: z.string(),
  pins: z.array(boardAbilities.shape.pins.element.omit({ holders: true })),
});
export type BoardProfile = z.infer<typeof boardProfile>;

export const boardWorldChange = z.object({ world: z.record(z.string(), z.union([z.string(), z.number()])) });
