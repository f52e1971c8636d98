import type { MachineProfile } from '../messages/index.ts';

type SerialPort = MachineProfile['serial']['ports'][number];

/** Whether a flow means this port, by any of its names. */
export const isPort = (
  { port, others = [] }: Pick<SerialPort, 'port' | 'others'>,
  named: string | undefined,
): boolean => named !== undefined && (port === named || others.includes(named));

/**
 * Whether a port of this name would stand among the serial ports of a machine if it were there. A setting of the device
 * (`${NAME}`) is known to nobody else, and what lies elsewhere than devices do was made by some program.
 */
export const isListed = (named: string): boolean => /^\/dev\/(?!pts\/)|^COM\d+$/i.test(named) && !named.includes('${');
