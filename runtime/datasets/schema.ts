/** For settings and dialogs: safe in the browser. */
export const RECORD_FORMATS = ['auto', 'jsonl', 'parquet'] as const;
export const TIME_UNITS = ['auto', 's', 'ms', 'us', 'ns'] as const;
export const SPEEDS = ['real', 'factor', 'fast', 'step'] as const;
export const FACTOR = { standard: 10, min: 0.1, max: 1000 } as const;
/** Comes with Millrace. */
export const EXAMPLE_RECORDING = 'pump-faults';

/** From where a collector has its labels: buttons that are held, a property of each message, or one label for all. */
export const LABELS_FROM = ['buttons', 'message', 'always'] as const;
