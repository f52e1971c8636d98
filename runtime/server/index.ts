export { startServer } from './start-server.ts';
export type { RunningServer, ServerOptions, Summary } from './options.ts';
export { createLog } from './log.ts';
export type { Log, LogOptions } from './log.ts';
export { removePassword, setPassword } from './password.ts';
export { unusedCoreNodes } from './core-nodes.ts';
