export type {
  Download,
  ReadableFormat,
  ReadingCounts,
  ReadOptions,
  RecordedMessage,
  Recorder,
  RecorderState,
  Recording,
  RecordingEntry,
  RecordingFormat,
  RecordOptions,
  Recordings,
  RecordingsOptions,
  Replay,
  ReplayOptions,
  ReplaySpeed,
  ReplayState,
  TimeUnit,
} from './types.ts';
export { openRecording } from './open-recording.ts';
export { openRecordings } from './recordings.ts';
export { createReplay } from './replay/create-replay.ts';
export { createShift } from './replay/shift-times.ts';
export { createCollector } from './collector/create-collector.ts';
export type { Arrival, Collector, CollectorSettings, CollectorState, LabelFrom, Refusal } from './collector/types.ts';
export { openDataSets } from './data-sets/data-sets.ts';
export type {
  DataSet,
  DataSets,
  DataSetsOptions,
  ExamplePage,
  Imported,
  ImportOptions,
  LoadedExamples,
  NewExample,
  Verified,
} from './data-sets/types.ts';
export { foldExamples, splitExamples } from './split/split-examples.ts';
export { overlapping } from './split/overlaps.ts';
export type { Split, SplitBy, SplitOptions, SplitRows } from './split/types.ts';
export { findLeakage, spanOf } from './data-sets/examine/leakage.ts';
export { findingsOf } from './data-sets/examine/findings.ts';
export { readTable, writeTable } from './document/documents.ts';
export type { DocumentOptions } from './document/documents.ts';
export type { Codec, DocumentCell, DocumentColumn, DocumentTable, TableFormat } from './document/types.ts';
