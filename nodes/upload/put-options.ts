import type { PutOptions } from '../../runtime/outbox/index.ts';
import type { UploadConfig } from './config.ts';

const MILLISECONDS = { seconds: 1_000, minutes: 60_000, hours: 3_600_000, days: 86_400_000 } as const;

/** How urgent the node's messages are, and how long they may wait. */
export const putOptions = ({ lane, keep, keepUnit }: UploadConfig): PutOptions => ({
  lane,
  ttl: Math.ceil(keep * MILLISECONDS[keepUnit]),
});
