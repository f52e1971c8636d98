import { expect, it, vi } from 'vitest';
import { chooseTier } from '../../../runtime/inference/tiers/choose.ts';

vi.mock('onnxruntime-node', () => {
  throw new Error('Error loading shared library ld-linux-x86-64.so.2\nRequire stack:\n- binding.js');
});

it('runs models as WebAssembly where the native library does not load, and says why', async () => {
  const { tier, why } = await chooseTier(undefined);
  expect(tier.name).toBe('wasm');
  expect(why).toMatch(/^could not load native: /);
  expect(why).not.toContain('\n');
});

it('does not fall back when a tier is forced', async () => {
  await expect(chooseTier('native')).rejects.toMatchObject({
    code: 'TIER_UNAVAILABLE',
    message: expect.stringContaining('native: ') as string,
  });
});
