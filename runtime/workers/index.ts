export { serveWorker } from './serve.ts';
export type { WorkerSide } from './serve.ts';
export { compactHeaps, startWorker, workerUrl } from './start.ts';
export type { WorkerHandle, WorkerOptions, WorkerThread } from './start.ts';
export type { Methods } from './protocol.ts';
export { startProcess } from './start-process.ts';
export type { ProcessEnd, ProcessHandle, ProcessOptions } from './start-process.ts';
export { heapOptions, memoryCeiling } from './memory-ceiling.ts';
export type { MemoryLimits } from './memory-ceiling.ts';
