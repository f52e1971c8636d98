import type { EventEmitter } from 'node:events';

/**
 * A fault of the supervisor's own must not end the flow that it keeps: it is said, and the rest goes on.
 *
 * @param of whose faults: this process's
 */
export function goOnAfterFaults(say: (text: string) => void, of: EventEmitter = process): void {
  let last = '';
  const handle = (thrown: unknown) => {
    try {
      const text = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
      // One that comes again and again is said once.
      if (text === last) return;
      last = text;
      say(`an error of the gateway itself, which goes on: ${text}`);
    } catch {
      // What is thrown here would end the process.
    }
  };
  of.on('uncaughtException', handle);
  of.on('unhandledRejection', handle);
}
