/** What a data set of labelled examples is, to those who fill, look at and learn from one. */
import type { Clock } from '../../base/index.ts';
import type {
  DataSetRow,
  DataVersion,
  ExampleChoice,
  ExampleMap,
  ListedExample,
  ExampleView,
  Finding,
  TruthLabel,
  WindowPayload,
} from '../../messages/index.ts';
import type { Collector, CollectorSettings } from '../collector/types.ts';

export interface DataSetsOptions {
  /** Absolute; need not exist. A data set is a folder in it. */
  readonly directory: string;
  readonly clock: Clock;
  /** Read-only directories of data sets. */
  readonly shipped?: readonly string[];
}

/** An example on its way in. */
export interface NewExample {
  /** Named numbers, or a window. The first example of a data set says what the others must be. */
  readonly payload: Readonly<Record<string, number>> | WindowPayload;
  /** Text is trimmed; left out: not labelled yet. */
  readonly label?: TruthLabel;
  /** ms since the epoch, of a window that of its last sample */
  readonly time?: number;
  /** Where it comes from: a node, a board, a file. */
  readonly source?: string;
  /** Run that it belongs to: examples of one group are trained on or tested on, never both. */
  readonly group?: string;
  /** Digest of the recipe that made the features, and the recipe itself where it is at hand: the model will carry it. */
  readonly recipe?: string;
  readonly recipeText?: string;
}

/** Every example of a data set as numbers, for training and evaluation. */
export interface LoadedExamples {
  readonly name: string;
  /** As `DataVersion`. */
  readonly digest: string;
  readonly kind: 'features' | 'window';
  /** Of features: one name a column. Of windows: one name a channel. */
  readonly columns: readonly string[];
  /** Of windows: a row is its samples one after the other, channel by channel. */
  readonly window?: { readonly rate: number; readonly samples: number };
  /** Canonical JSON of the recipe that made the features, where it is known. */
  readonly recipe?: string;
  readonly rows: number;
  /** Numbers in a row. */
  readonly width: number;
  /** rows × width, row-major. */
  readonly values: Float32Array;
  readonly ids: Int32Array;
  readonly labels: readonly (TruthLabel | null)[];
  /** ms since the epoch; NaN where it is not known. */
  readonly times: Float64Array;
  readonly groups: readonly string[];
  readonly sources: readonly string[];
}

export interface ExamplePage {
  readonly offset?: number;
  readonly limit?: number;
  /** `null`: those without one. */
  readonly label?: TruthLabel | null;
  readonly group?: string;
  /** With what is to be drawn of them. */
  readonly values?: boolean;
}

/** One data set that is open. Whatever was added is on disk when `add` resolves. */
export interface DataSet {
  readonly name: string;
  /**
   * Takes all or, with an error for the first wrong one, those before it.
   *
   * @returns their ids
   * @throws EXAMPLE_SHAPE_DIFFERS, EXAMPLE_INVALID, DATA_SET_FULL, DATA_SET_SHIPPED
   */
  add(examples: readonly NewExample[]): Promise<readonly number[]>;
  summary(): Promise<DataSetRow>;
  page(page: ExamplePage): Promise<{ readonly examples: readonly ListedExample[]; readonly total: number }>;
  /** @throws EXAMPLE_NOT_FOUND */
  example(id: number): Promise<ExampleView>;
  /** @returns how many */
  relabel(choice: ExampleChoice, label: TruthLabel | null): Promise<number>;
  remove(choice: ExampleChoice): Promise<number>;
  /** What should be known of the examples before a model learns from them. */
  findings(): Promise<readonly Finding[]>;
  map(): Promise<ExampleMap>;
  /** Freezes the examples as they are: a training can name this version later. The same examples are the same version. */
  freeze(note?: string): Promise<DataVersion>;
  /** The examples that only this version still held are gone with it. @throws DATA_VERSION_NOT_FOUND */
  removeVersion(version: string): Promise<void>;
  /** Reads every file and says which cannot be read. @param mend takes out the examples that are lost with them */
  verify(mend?: boolean): Promise<Verified>;
  /** @param version digest of a version; left out: as it is now. @throws DATA_VERSION_NOT_FOUND, DATA_SET_EMPTY */
  load(version?: string): Promise<LoadedExamples>;
  export(format: 'csv' | 'parquet'): Promise<{
    readonly fileName: string;
    readonly type: string;
    readonly content: AsyncIterable<Uint8Array>;
  }>;
  /** Lets go of this hold; the last one closes the files. */
  close(): Promise<void>;
}

export interface Verified {
  /** Files that were read. */
  readonly files: number;
  readonly damaged: readonly { readonly file: string; readonly reason: string; readonly examples: number }[];
}

export interface ImportOptions {
  /** The file's own name. */
  readonly fileName: string;
  readonly labelColumn?: string;
  readonly groupColumn?: string;
  readonly timeColumn?: string;
  /** Of a file without labels. */
  readonly label?: TruthLabel;
}

export interface Imported {
  readonly name: string;
  readonly added: number;
  readonly refused: number;
  readonly problems: readonly { readonly code: string; readonly message: string; readonly hint: string }[];
}

/** The data sets of this machine. Two processes may use one at once. */
export interface DataSets {
  /** Where they lie: a training in another process opens them there. */
  readonly directories: { readonly own: string; readonly shipped: readonly string[] };
  list(): Promise<readonly DataSetRow[]>;
  /** Opens one, or makes it. @throws DATA_SET_NAME_INVALID, DATA_SET_UNREADABLE */
  open(name: string): Promise<DataSet>;
  /** As `open`, of one that must exist. @throws DATA_SET_NOT_FOUND with those that there are */
  find(name: string): Promise<DataSet>;
  remove(name: string): Promise<void>;
  /**
   * Takes the rows of a CSV, JSONL or Parquet file, or the messages of a recording: all at once when the last is read, or none.
   *
   * @param path of the file; of a recording its files in order
   * @throws DATA_IMPORT_COLUMN, DATA_IMPORT_EMPTY, DATA_SET_FULL, RECORDING_UNREADABLE
   */
  import(name: string, path: string | readonly string[], options: ImportOptions): Promise<Imported>;
  /** Fills one from a stream of messages: `createCollector({ dataSets, clock }, settings)`. */
  collect(settings: CollectorSettings): Collector;
  /** Told of what changed, at most twice a second a data set. @returns a function that ends the listening */
  onChange(listener: (name: string) => void): () => void;
  close(): Promise<void>;
}
