import { spawnSync } from 'node:child_process';
import { openVirtualPort } from '../../../scripts/virtual-port.ts';
import { boardsConform } from './conformance.ts';
import { wired } from './wired.ts';

const missing = spawnSync('socat', ['-V']).status !== 0;
if (missing) process.emitWarning('socat is not installed: boards on a serial port are not tested');

// At the other end the chip of an Uno with its real firmware, at the speed of its line.
boardsConform(
  wired(
    'serial',
    async (options) => {
      const port = await openVirtualPort(options);
      return { ...port, settings: { kind: 'serial', port: port.path } };
    },
    { missing, emulated: true },
  ),
);
