import type { Clock } from '../../base/index.ts';
import type { MachineFacts } from '../../messages/index.ts';
import type { ModelPackage, PackageParts } from '../package/index.ts';
import type { ModelAlias } from './aliases.ts';
import type { RegistryEntry } from './entry.ts';
import type { OpenHold } from './hold.ts';
import type { AliasMove } from './index-file.ts';
import type { AliasSwitch } from './switch-alias.ts';

export interface RegistryOptions {
  /** Read-only directories of packages, the most important first: what ships with Millrace or a bundle. */
  readonly layers: readonly string[];
  /** Models of this machine: it need not exist. They hide those of the layers with the same name and version. */
  readonly directory: string;
  /** Reference → digest of the version that it means, whatever versions and aliases there are: what a bundle was made with. */
  readonly pins?: Readonly<Record<string, string>>;
  readonly clock?: Clock;
  /** Whether `onChange` also looks for changes by other processes. Default true. */
  readonly follow?: boolean;
}

/**
 * Versions of models, which never change, and aliases, which move. Versions lie in folders named by their digest, or as
 * NAME/ or NAME/VERSION/ where someone put them there by hand. Two processes may use one at once.
 *
 * A reference is `name` (the newest version), `name@version`, `name@alias`, `name@` and at least 8 digits of the digest, or
 * '' for the example that ships with Millrace. The index is opened by what first needs it: whoever resolves versions only
 * opens no database.
 */
export interface Registry {
  /** Every version, usable or not, by name and newest first. Each is read once, to see whether it is sound. */
  list(): Promise<readonly RegistryEntry[]>;
  /** @throws MODEL_NOT_FOUND with what there is, ALIAS_DANGLING; the package's own error if it is broken */
  resolve(reference: string): Promise<ModelPackage>;
  /** The version that `resolve` would read, with its note and aliases. @throws as `resolve` does */
  find(reference: string): Promise<RegistryEntry>;
  /**
   * Stores a version. The same bytes again change nothing.
   *
   * @param source the parts of a package, or the directory of one
   * @throws VERSION_TAKEN, VERSION_INVALID; what models/package says of the source; what storage says of the disk
   */
  put(source: PackageParts | string, options?: { readonly note?: string }): Promise<RegistryEntry>;
  /** A version that is free: the newest, counted up. */
  nextVersion(name: string): Promise<string>;
  /**
   * Moves an alias at once, for every process; without a version it is taken away.
   *
   * @param version a version, another alias or the begin of a digest
   * @throws ALIAS_INVALID, MODEL_NOT_FOUND
   */
  alias(name: string, alias: string, version: string | undefined): Promise<void>;
  /**
   * Moves an alias as a control message says, unless there is nothing to do. One after the other within a process.
   *
   * @param command `{name, to}`, as it stood in the message
   * @param follows references of whoever was told: only an alias among them is moved
   * @param about   the model that the message is about: where the alias has left that version already, nothing is done
   * @throws ALIAS_COMMAND_INVALID, ALIAS_NOT_FOLLOWED, ALIAS_PINNED, ALIAS_NO_PREVIOUS, ALIAS_SWITCHED_OFTEN, MODEL_NOT_FOUND, ALIAS_DANGLING
   */
  switchAlias(command: unknown, follows: readonly string[], about?: unknown): Promise<AliasSwitch>;
  /** Of one model, or of all. */
  aliases(name?: string): Promise<readonly ModelAlias[]>;
  /** Where the alias was, newest first. */
  moves(name: string, alias: string): Promise<readonly AliasMove[]>;
  /** @throws VERSION_ALIASED, VERSION_SHIPPED, MODEL_NOT_FOUND */
  remove(name: string, version: string): Promise<void>;
  /** @param text '' takes the note away. @throws MODEL_NOT_FOUND */
  note(name: string, version: string, text: string): Promise<void>;
  /** What was measured of a model on this machine. */
  facts(digest: string): Promise<MachineFacts | undefined>;
  keepFacts(digest: string, facts: MachineFacts): Promise<void>;
  /**
   * Told after versions, aliases or notes have changed, by another process within about a second. Listen, then resolve.
   *
   * @returns a function that ends the listening
   */
  onChange(listener: () => void): () => void;
  /**
   * The version that a reference means, also after its alias has moved, or once there is one. To be closed.
   *
   * @throws as `resolve` does of what is there and broken
   */
  hold(reference: string): Promise<OpenHold>;
  close(): Promise<void>;
}
