import { defineLimit } from '../base/index.ts';

/** Per name, whatever a node asks for. */
export const recordingFiles = defineLimit(
  'recording_files',
  1000,
  'Files of recordings removed because as many as are kept had been written',
);

/** Left to everybody else on the disk. */
export const freeBytes = defineLimit(
  'recording_free_bytes',
  256 * 1024 * 1024,
  'Messages not recorded because the disk has too little free space',
);

/** Of one recorder. */
export const waitingBytes = defineLimit(
  'recording_waiting_bytes',
  16 * 1024 * 1024,
  'Messages not recorded because too many bytes wait for the disk',
);

/** A window of 65,536 samples with 4 channels has some 5 MB as text. */
export const lineBytes = defineLimit(
  'recording_line_bytes',
  32 * 1024 * 1024,
  'Lines or records of recordings left out because they are too long',
);

/** Of a Parquet file, uncompressed: it has to be held whole. */
export const groupBytes = defineLimit(
  'recording_group_bytes',
  1024 * 1024 * 1024,
  'Parquet files refused because one of their row groups is too large',
);

/** Of one data set. A training holds all of them in memory. */
export const dataSetExamples = defineLimit(
  'data_set_examples',
  1_000_000,
  'Examples not taken because their data set has as many as it may have',
);

/** Of the values of one data set. A training holds all of them in memory. */
export const dataSetBytes = defineLimit(
  'data_set_bytes',
  2 * 1024 * 1024 * 1024,
  'Examples not taken because the values of their data set have grown too large',
);

export const dataSetCount = defineLimit(
  'data_sets',
  500,
  'Data sets not made because there are as many as there may be',
);

/** Numbers in one example. */
export const exampleNumbers = defineLimit(
  'data_set_example_numbers',
  1_000_000,
  'Examples not taken because they hold too many numbers',
);

/** Further numbers of a payload are written with the rest of the message. */
export const PAYLOAD_COLUMNS = 256;
