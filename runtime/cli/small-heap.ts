import { setFlagsFromString } from 'node:v8';

/**
 * Keeps V8's space for short-lived objects at the size with which it starts (1 MB a half) instead of letting it grow to
 * 16. A stream of small messages fills whatever it is given: this saves 40 MB of a process that runs the pump, at no cost
 * that could be measured on start, recipes or messages. (V8's own `--optimize-for-size` would save 5 MB more and cost a
 * quarter of the start.) To be called before much has been allocated.
 */
export function keepHeapSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}
