/** What is waited for comes in its own time: on a busy machine, or a disk that stalls, not within the second that is usual. */
import { vi } from 'vitest';

/** ms */
const PATIENCE = 60_000;

const { waitFor } = vi;
vi.waitFor = (callback, options) =>
  waitFor(callback, { timeout: PATIENCE, ...(typeof options === 'number' ? { timeout: options } : options) });
