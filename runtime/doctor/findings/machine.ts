/** Memory, heat, power, clock, and who runs it. */
import { show } from '../show.ts';
import { type FindingKinds, when } from './kind.ts';

/** Bytes: a headless gateway with a flow and a model takes about 150 MB. */
const LEAST_MEMORY = 150e6;
const COMFORTABLE_MEMORY = 300e6;
/** °C: a Raspberry Pi slows down at 80. */
const HOT = 80;
const LEAST_FILES = 1024;
/** Before Millrace there was: a clock that says so was never set. */
const FIRST_DAY = Date.UTC(2025, 0, 1);

export const MACHINE: FindingKinds = {
  MEMORY_SHORT: {
    severity: 'error',
    meaning: 'There is less memory than a flow with a model takes: it would be ended by the kernel.',
    fix: 'Stop other programs, raise the memory bound of the service or container, or take a machine with more memory.',
    find: ({ memory }) =>
      when(
        memory.availableBytes + memory.ownBytes < LEAST_MEMORY,
        `${show.bytes(memory.availableBytes)} of memory are available, a flow takes ${show.bytes(LEAST_MEMORY)} or more${bound(memory)}`,
      ),
  },
  MEMORY_LOW: {
    severity: 'warning',
    meaning: 'Memory suffices for a small flow only.',
    fix: 'Stop other programs, or take a machine with more memory, before large models are deployed.',
    find: ({ memory }) => {
      const free = memory.availableBytes + memory.ownBytes;
      return when(
        free >= LEAST_MEMORY && free < COMFORTABLE_MEMORY,
        `${show.bytes(free)} of memory are available${bound(memory)}`,
      );
    },
  },
  TOO_HOT: {
    severity: 'warning',
    meaning: 'The processor is so hot that it slows itself down.',
    fix: 'Give it air or a heat sink, or take it out of the sun.',
    find: ({ system }) =>
      when(
        (system.temperature ?? 0) >= HOT,
        `the processor is at ${Math.round(system.temperature ?? 0)} °C and slows itself down`,
      ),
  },
  VOLTAGE_LOW: {
    severity: 'warning',
    meaning: 'The supply cannot keep its voltage: that slows the machine down and damages memory cards.',
    fix: 'Use the supply that belongs to the machine, with a short and thick cable.',
    find: ({ system }) =>
      when(
        system.undervoltage === 'now' || system.undervoltage === 'before',
        system.undervoltage === 'now'
          ? 'the supply voltage is too low now'
          : 'the supply voltage was too low since the machine was started',
      ),
  },
  CLOCK_WRONG: {
    severity: 'error',
    meaning:
      'The clock stands in the past, often at 1970: every measurement would be stamped so, and TLS refuses certificates.',
    fix: 'Set the clock: `sudo timedatectl set-ntp true`, or `sudo date -s …` where there is no network. A battery-backed clock keeps it.',
    find: ({ measured }) =>
      when(
        measured < FIRST_DAY,
        `the clock says ${new Date(measured).toISOString().slice(0, 16).replace('T', ' ')} UTC`,
      ),
  },
  CLOCK_UNSYNCHRONISED: {
    severity: 'warning',
    meaning: 'Nothing keeps the clock right: it drifts by seconds a day.',
    fix: 'Turn time synchronisation on: `sudo timedatectl set-ntp true`, and see that the network lets NTP (UDP 123) through.',
    find: ({ clock, measured }) =>
      when(clock.synchronised === false && measured >= FIRST_DAY, 'nothing keeps the clock of this machine right'),
  },
  RUNS_AS_ROOT: {
    severity: 'warning',
    meaning: 'Millrace is run as root: a fault in a flow or a package could then change all of the machine.',
    fix: 'Run it as a user of its own: `millrace gateway install` writes a service that does.',
    find: ({ user, system }) => when(user.root && !system.container, 'this runs as root'),
  },
  FILES_FEW: {
    severity: 'warning',
    meaning: 'A process may have few files open at once: connections and queues would fail for want of them.',
    fix: 'Raise the bound: `LimitNOFILE=65536` in the service, or `ulimit -n 65536` before the start.',
    find: ({ user }) =>
      when(user.files !== undefined && user.files < LEAST_FILES, `a process may have ${user.files} files open at once`),
  },
  NO_SYSTEMD: {
    severity: 'note',
    meaning: 'There is no systemd here to start Millrace with the machine.',
    fix: 'Have the init system, or the container with a restart policy, run: millrace gateway start.',
    find: ({ system }) =>
      when(system.platform === 'linux' && !system.systemd && !system.container, 'this machine is not run by systemd'),
  },
};

const bound = ({ limitBytes }: { readonly limitBytes?: number | undefined }) =>
  limitBytes === undefined ? '' : ` (a control group bounds it to ${show.bytes(limitBytes)})`;
