/** Memory, disk and time. */
import { show } from '../show.ts';
import { memoryBound } from './memory-room.ts';
import type { FitPlace, ProblemKinds } from './problem.ts';

/** Bytes that are left to the rest of the machine. */
const SPARE_MEMORY = 30e6;
/** As much as a deploy leaves to what runs (the limit `deploy_reserve_bytes`). */
const SPARE_DISK = 16e6;
/** Share of a core: more, and a burst is never caught up with. */
const BUSY = 0.5;

export const RESOURCES: ProblemKinds = {
  MEMORY_TOO_SMALL: {
    severity: 'error',
    meaning:
      'The flow and its models would take more memory than the gateway has free, or lets a flow take (`--max-memory`).',
    fix: 'Stop other programs on the gateway or raise that bound, use smaller models, or take a gateway with more memory.',
    find({ profile: { memory }, estimate }) {
      const { memoryBytes } = estimate;
      const free = memory.availableBytes + memory.ownBytes;
      const own = memoryBound(memory);
      if (memoryBytes + SPARE_MEMORY <= free && memoryBytes <= own) return [];
      const largest = [...estimate.models].sort((a, b) => b.memoryBytes - a.memoryBytes)[0];
      const most = largest ? ` Most of it for the model "${largest.name}": ${show.bytes(largest.memoryBytes)}.` : '';
      const there =
        own < free ? `a flow ends itself there at ${show.bytes(own)}` : `${show.bytes(free)} are there for it`;
      const raise =
        memory.limitBytes === undefined
          ? 'take a gateway with more memory'
          : `raise the bound of its service or container (${show.bytes(memory.limitBytes)})`;
      const first =
        own < free ? 'Raise the gateway’s --max-memory, where it has one' : 'Stop other programs on the gateway';
      return [
        {
          text: `it would take ${show.bytes(memoryBytes)} of memory, and ${there}.${most}`,
          hint: `${first}, use smaller models, or ${raise}.`,
        },
      ];
    },
  },
  DISK_TOO_SMALL: {
    severity: 'error',
    meaning: 'The bundle does not fit on the disk beside the one that runs.',
    fix: 'Make room on the gateway: delete old recordings and data sets, or leave tests and recordings out of the bundle.',
    find: ({ profile: { disk }, estimate, unpacked }) =>
      !unpacked && roomFor(1, estimate) > disk.freeBytes
        ? [
            `it takes ${show.bytes(roomFor(1, estimate))} of disk beside the bundle that runs, and ${show.bytes(disk.freeBytes)} are free`,
          ]
        : [],
  },
  DISK_TIGHT: {
    severity: 'warning',
    meaning: 'The bundle fits only where most of its files need not be sent: what comes lies there twice for a moment.',
    fix: 'Make room on the gateway, or bring the bundle on a stick.',
    find: ({ profile: { disk }, estimate, unpacked }) =>
      !unpacked && roomFor(1, estimate) <= disk.freeBytes && roomFor(2, estimate) > disk.freeBytes
        ? [
            `with all of its files to be sent it takes ${show.bytes(roomFor(2, estimate))} of disk for a moment, and ${show.bytes(disk.freeBytes)} are free`,
          ]
        : [],
  },
  MODEL_TOO_SLOW: {
    severity: 'error',
    meaning: 'A model would be asked more often than the gateway can answer.',
    fix: 'Ask it less often (a longer stride of the window), use a smaller model, or take a quicker gateway.',
    find: (place) =>
      rates(place).flatMap(({ name, tier, micro, rate, share }) => {
        if (share <= 1) return [];
        return [
          `the model "${name}" is asked ${round(rate)} times a second, and answers at most ${round(1e6 / micro)} times there (${show.micro(micro)}, ${tier})`,
        ];
      }),
  },
  MODEL_SLOW: {
    severity: 'warning',
    meaning: 'A model would keep more than half of a core busy.',
    fix: 'Ask it less often (a longer stride of the window), or use a smaller model.',
    find: (place) =>
      rates(place).flatMap(({ name, tier, micro, rate, share }) => {
        if (share <= BUSY || share > 1) return [];
        return [
          `the model "${name}", asked ${round(rate)} times a second, would keep ${Math.round(share * 100)} % of a core busy (${show.micro(micro)}, ${tier})`,
        ];
      }),
  },
};

const roomFor = (copies: number, { diskBytes }: FitPlace['estimate']) => diskBytes * copies + SPARE_DISK;

function rates({ needs, estimate, profile }: FitPlace) {
  // Less than a core's worth of time makes everything take longer.
  const part = Math.min(1, profile.cpu.quota ?? 1);
  return needs.models.flatMap(({ name, rate }) => {
    const model = estimate.models.find((each) => each.name === name);
    const ms = model?.latencyMs[model.tier];
    if (!model || rate === undefined || ms === undefined) return [];
    const micro = (ms * 1000) / part;
    return [{ name, tier: model.tier, micro, rate, share: (rate * micro) / 1e6 }];
  });
}

const round = (value: number) => (value >= 100 ? Math.round(value) : Number(value.toPrecision(2)));
