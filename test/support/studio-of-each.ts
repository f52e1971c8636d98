import { afterEach, beforeEach } from 'vitest';
import { type FakeGateway, type Linked, pairedGateway, startTestStudio, type TestStudio } from './gateways.ts';

/** A studio for each test of a file, and the gateways that were paired with it: closed and removed after it. */
export interface StudioOfEach {
  /** The one that runs; a test that stops it puts the next one here. */
  studio: TestStudio;
  /** Run after the test, the last one first, before the studio ends. */
  readonly closers: (() => Promise<unknown>)[];
  paired(gateway?: FakeGateway): Promise<Linked>;
}

export function studioOfEach(): StudioOfEach {
  const closers: (() => Promise<unknown>)[] = [];
  let studio: TestStudio | undefined;
  const held: StudioOfEach = {
    closers,
    get studio() {
      if (!studio) throw new Error('no test runs');
      return studio;
    },
    set studio(next) {
      studio = next;
    },
    async paired(gateway) {
      const linked = await pairedGateway(held.studio, gateway);
      closers.push(linked.close);
      return linked;
    },
  };
  beforeEach(async () => {
    studio = await startTestStudio();
  });
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close();
    await held.studio.remove();
  });
  return held;
}
