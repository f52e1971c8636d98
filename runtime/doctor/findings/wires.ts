/** Serial ports and network ports. */
import { type FindingKinds, when } from './kind.ts';

/** What Millrace listens on unless told otherwise. */
const OWN_PORTS: readonly { readonly port: number; readonly use: string; readonly fix: string }[] = [
  { port: 1880, use: 'the editor', fix: '`millrace start --port PORT`' },
  { port: 1881, use: 'gateways that connect to this studio', fix: '`millrace start --gateway-port PORT`' },
];

export const WIRES: FindingKinds = {
  SERIAL_FORBIDDEN: {
    severity: 'warning',
    meaning: 'This user may not open a serial port: a board there cannot be reached.',
    fix: "Add the user to the port's group: `sudo usermod -aG dialout USER`, and sign in again.",
    find: ({ serial }) =>
      serial.ports.flatMap(({ port, problem }) => {
        if (problem === undefined) return [];
        // The devices' room says what happened and what to do in two sentences.
        const at = problem.indexOf('. ');
        const hint = at < 0 ? 'Give the user the right to open it.' : problem.slice(at + 2);
        return [{ text: at < 0 ? `${port}: ${problem}` : problem.slice(0, at), hint }];
      }),
  },
  SERIAL_UNAVAILABLE: {
    severity: 'warning',
    meaning:
      'The library for serial ports does not load: boards on a cable cannot be reached. Boards on the network can.',
    fix: 'Install it: npm install serialport.',
    find: ({ serial }) => when(serial.problem !== undefined, `serial ports cannot be used: ${serial.problem ?? ''}`),
  },
  PORT_TAKEN: {
    severity: 'note',
    meaning: 'Another program listens where Millrace would. A gateway without an editor needs neither port.',
    fix: 'Stop the other program, or give Millrace another port.',
    find: ({ ports }) =>
      OWN_PORTS.flatMap(({ port, use, fix }) => {
        const taken = ports.find((each) => each.port === port && !each.own);
        if (!taken) return [];
        return [
          {
            text: `port ${port}, for ${use}, is held by ${taken.holder ?? 'another program'}`,
            hint: `Stop it, or take another port: ${fix}.`,
          },
        ];
      }),
  },
};
