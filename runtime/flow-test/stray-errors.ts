import type { TestResult } from '../messages/index.ts';
import type { Address } from './nodes/address.ts';
import type { FlowMap } from './nodes/flow-map.ts';

/** Errors that no expectation named, each once with how often it came. */
export interface StrayErrors {
  add(address: Address, code: string, message: string): void;
  list(): TestResult['errors'];
}

/** Different errors kept; the rest are counted with the last of them. */
const KEPT = 20;

export function createStrayErrors(map: FlowMap): StrayErrors {
  const found = new Map<string, { node: string; name: string; code: string; message: string; count: number }>();
  return {
    add(address, code, message) {
      const key = `${address} ${code} ${message}`;
      const known = found.get(key) ?? (found.size >= KEPT ? [...found.values()].at(-1) : undefined);
      if (known) known.count++;
      else
        found.set(key, { node: address.split('/').at(-1) ?? '', name: map.labelOf(address), code, message, count: 1 });
    },
    list: () => [...found.values()],
  };
}
