import type { PlainError } from '../../base/index.ts';
import type { Task } from '../package/index.ts';
import { compareVersions } from './version-order.ts';

/** A package as the registry found it. */
export interface RegistryEntry {
  /** From its model.json; of a broken package from the index or its folders. */
  readonly name: string;
  readonly version: string | undefined;
  readonly digest: string | undefined;
  readonly directory: string;
  readonly origin: 'shipped' | 'own';
  readonly task?: Task;
  /** Of its files. */
  readonly bytes?: number;
  /** On held-out data, where the package says it. */
  readonly accuracy?: number;
  /** When it came to this machine, ms since the epoch. */
  readonly added?: number;
  readonly note?: string;
  readonly aliases: readonly string[];
  /** Why it cannot be used. */
  readonly error?: PlainError;
}

export const referenceTo = ({ name, version }: Pick<RegistryEntry, 'name' | 'version'>): string =>
  version === undefined ? name : `${name}@${version}`;

export function byNameNewestFirst(a: RegistryEntry, b: RegistryEntry): number {
  if (a.name !== b.name) return a.name < b.name ? -1 : 1;
  return compareVersions(b.version ?? '', a.version ?? '');
}
