import { monitorEventLoopDelay } from 'node:perf_hooks';
import { getHeapStatistics } from 'node:v8';
import type { Clock } from '../../base/index.ts';
import type { Vitals } from '../../messages/index.ts';
import type { Services } from '../../services/index.ts';

/** How finely the event loop is watched, ms. */
const RESOLUTION = 20;

/** Problems of a destination that are the network's, not the bundle's: who answers and refuses is there. */
const NOBODY_ANSWERS = new Set([
  ...['DESTINATION_UNREACHABLE', 'DESTINATION_SILENT', 'DESTINATION_BUSY'],
  // Another program of the device has it for now.
  'BROKER_PORT_IN_USE',
]);

export interface VitalsParts {
  readonly clock: Clock;
  readonly services: Pick<Services, 'outbox' | 'inference'> | undefined;
  readonly errors: () => number;
  readonly missing: ReadonlySet<string>;
  readonly vectors: () => Vitals['vectors'];
  readonly predictions: () => number;
}

export interface VitalsReader {
  read(): Vitals;
  close(): void;
}

/** Begins to watch the event loop. What is read counts from now on. */
export function openVitals({ clock, services, errors, missing, vectors, predictions }: VitalsParts): VitalsReader {
  const begun = clock.monotonic();
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION });
  delay.enable();
  return {
    read() {
      const lag = Math.max(0, delay.max / 1e6 - RESOLUTION);
      delay.reset();
      return {
        uptime: clock.monotonic() - begun,
        lag: Math.round(lag),
        errors: errors(),
        rss: process.memoryUsage.rss(),
        heap: getHeapStatistics().used_heap_size,
        handles: process.getActiveResourcesInfo().length,
        outbox: outboxOf(services),
        vectors: vectors(),
        missing: [...missing].sort(),
        predictions: predictions(),
      };
    },
    close: () => void delay.disable(),
  };
}

function outboxOf(services: VitalsParts['services']): Vitals['outbox'] {
  const states = services?.outbox.destinations() ?? [];
  const sum = (of: (state: (typeof states)[number]) => number) => states.reduce((total, state) => total + of(state), 0);
  return {
    depth: sum(({ depth }) => depth),
    oldestMs: Math.max(0, ...states.map(({ oldestMs }) => oldestMs)),
    sent: sum(({ sent }) => sent),
    failures: sum(({ failures }) => failures),
    unreachable: states.filter(({ served, problem }) => served && NOBODY_ANSWERS.has(problem?.code ?? '')).length,
  };
}
