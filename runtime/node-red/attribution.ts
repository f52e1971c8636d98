import { AsyncLocalStorage } from 'node:async_hooks';

const nodes = new AsyncLocalStorage<string>();

/** Runs a node's own code so that whatever it starts, and throws later, can be traced back to it. */
export const runAs = <T>(nodeId: string, work: () => T): T => nodes.run(nodeId, work);

/** The id of the Millrace node whose code is running, or that started what is running. */
export const currentNode = (): string | undefined => nodes.getStore();
