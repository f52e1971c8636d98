import { join } from 'node:path';
import type { Clock } from '../../base/index.ts';
import type { FieldRule } from '../schema.ts';
import { type FieldKeys, loadFieldKeys, passingFieldKeys } from './field-keys.ts';
import { createProtection, type Protect } from './protection.ts';

/** Protects fields with the keys of this gateway. */
export interface Protector {
  /**
   * The protection that these rules ask for; made once for a list. Nothing is opened where there are none.
   *
   * @throws FIELD_PATH_INVALID, FIELD_KEYS_DAMAGED, FIELD_KEYS_TOO_NEW, KEY_FILE_UNREADABLE: a message must then be
   * refused, and never be stored as it is
   */
  protection(rules: readonly FieldRule[]): Promise<Protect>;
}

/** The file with the keys, in the directory of the gateway's state. */
export const fieldKeysIn = (directory: string): string => join(directory, 'field-keys.json');

const asItIs: Protect = (message) => message;

/** Reads the keys from `file` when they are first needed, and makes them if there are none. */
export function openProtector(file: string, clock: Clock): Protector {
  return protectorOf(() => loadFieldKeys(file, clock.now()));
}

/** Protects with keys that nobody keeps: for trying a flow out. */
export function passingProtector(clock: Clock): Protector {
  return protectorOf(() => Promise.resolve(passingFieldKeys(clock.now())));
}

function protectorOf(load: () => Promise<FieldKeys>): Protector {
  let keys: Promise<FieldKeys> | undefined;
  const loaded = () => {
    // A file that could not be read is read again for the next message: it may have been put right.
    keys ??= load().catch((error: unknown) => {
      keys = undefined;
      throw error;
    });
    return keys;
  };
  const made = new WeakMap<readonly FieldRule[], Promise<Protect>>();
  return {
    protection(rules) {
      if (rules.length === 0) return Promise.resolve(asItIs);
      const held = made.get(rules);
      if (held) return held;
      const protection = loaded().then((all) => createProtection(rules, all));
      made.set(rules, protection);
      protection.catch(() => made.delete(rules));
      return protection;
    },
  };
}
