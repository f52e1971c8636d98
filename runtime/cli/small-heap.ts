import { setFlagsFromString } from 'node:v8';

/**
 * Keeps V8's space for short-lived objects at the size with which it starts (1 MB a half) instead of letting it grow to 16.
 * A stream of small messages fills whatever it is given: this saves about 30 MB of a process that runs the pump, for
 * collections that are more frequent and each shorter. To be called before much has been allocated.
 */
export function keepHeapSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}
