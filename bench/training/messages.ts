/** What one training in a process of its own was. */
export interface Measured {
  readonly accuracy: number;
  /** Of the clock on the wall, and of the processor: they differ where others work on the same core. */
  readonly seconds: number;
  readonly processorSeconds: number;
  /** MB resident at most, with the data. */
  readonly peak: number;
  readonly words: string;
}
