import { setFlagsFromString } from 'node:v8';

/**
 * Makes V8 spend less memory on a process that runs for months. Its space for short-lived objects stays at the size with
 * which it starts (1 MB a half) instead of growing to 16, which a stream of small messages would fill for nothing; and
 * where V8 can choose, it chooses the smaller. Together about 50 MB of a process that runs the pump, at no cost that
 * could be measured on recipes or messages. To be called before much has been allocated.
 */
export function keepHeapSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString('--optimize-for-size');
}
