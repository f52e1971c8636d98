import type { PlainError } from '../../base/index.ts';
import type { ModelPackage } from '../package/index.ts';

export interface RegistryOptions {
  /** Read-only directories of packages, the most important first: what ships with Millrace or a bundle. */
  readonly layers: readonly string[];
  /** Packages of this machine: it need not exist. They hide those of the layers with the same name and version. */
  readonly directory: string;
}

/** A package as the registry found it. */
export interface RegistryEntry {
  /** From its model.json; of a broken package the name of its folder. */
  readonly name: string;
  readonly version: string | undefined;
  readonly digest: string | undefined;
  readonly directory: string;
  readonly origin: 'shipped' | 'own';
  /** Why it cannot be used. */
  readonly error?: PlainError;
}

export interface Registry {
  /** Every package, usable or not, by name and newest version first. */
  list(): Promise<readonly RegistryEntry[]>;
  /**
   * @param reference `name` (its newest version), `name@version`, or '' for the example that ships with Millrace
   * @throws MODEL_NOT_FOUND with what there is; the package's own error if it is broken
   */
  resolve(reference: string): Promise<ModelPackage>;
}

export declare function openRegistry(options: RegistryOptions): Registry;
