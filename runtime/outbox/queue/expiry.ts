import type { ChunkRow, DurableStore } from './durable-store.ts';

/**
 * When the next chunk expires, as it is known in memory: where nothing that waits has a time to live, the disk is not asked.
 * What was acknowledged meanwhile may make it ask once too often, never too seldom.
 */
export async function createExpiry(store: Pick<DurableStore, 'nextExpiry'>, age: () => number) {
  // Where the disk cannot tell, it is asked again.
  const ask = () => store.nextExpiry().catch(() => 0);
  let next = await ask();
  return {
    /** Something may have expired. A time that is damaged is no number, and so is looked at. */
    get due(): boolean {
      return !(age() < next);
    },
    /** They are on disk. */
    written(chunks: readonly Pick<ChunkRow, 'expires'>[]): void {
      for (const { expires } of chunks) if (expires !== null) next = Math.min(next, expires);
    },
    /** What had expired was dropped. */
    async passed(): Promise<void> {
      // What is written while the disk is asked counts besides.
      next = Infinity;
      const found = await ask();
      next = Math.min(next, found);
    },
  };
}
