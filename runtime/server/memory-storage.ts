import type { FlowNode } from './flow-file.ts';

/** Node-RED's storage, holding one flow in memory: what is saved is forgotten. */
export function memoryStorage(flow: readonly FlowNode[], credentials: Readonly<Record<string, unknown>> = {}) {
  const done = () => Promise.resolve();
  return {
    init: done,
    getFlows: () => Promise.resolve(structuredClone(flow)),
    saveFlows: done,
    getCredentials: () => Promise.resolve(structuredClone(credentials)),
    saveCredentials: done,
    getSettings: () => Promise.resolve({}),
    saveSettings: done,
    getSessions: () => Promise.resolve({}),
    saveSessions: done,
    getLibraryEntry: () => Promise.resolve([]),
    saveLibraryEntry: done,
  };
}
