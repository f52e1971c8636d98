import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../runtime/base/index.ts';
import { machineProfile, type MachineProfile } from '../../../runtime/messages/index.ts';
import { createFitsThere } from '../../../runtime/server/gateways/fit-there.ts';
import { bundleOf } from '../../support/bundles.ts';

const sample = resolve(import.meta.dirname, '../../samples/profile-1.json');
const profile = machineProfile.parse(JSON.parse(await readFile(sample, 'utf8')));
const { manifest } = bundleOf({
  manifest: { settings: [{ name: 'BROKER', secret: false, use: 'where the readings go' }] },
});
const withFree = (availableBytes: number): MachineProfile => ({
  ...profile,
  memory: { ...profile.memory, availableBytes, ownBytes: 0 },
});
const ROOM = withFree(4e9);
const NONE = withFree(1e6);

/** Of many trees, each of which a decision passes in a few steps. */
const FOREST = { name: 'forest', digest: 'f'.repeat(64), bytes: 600e6, compiled: true, rate: 200 };

/** A studio with one gateway that answers so, one answer after the other, the last one for ever. */
function studioWith(answers: readonly unknown[], connected = true) {
  let asked = 0;
  const gateways = {
    list: () => ({ gateways: [] }),
    connected: () => connected,
    profile() {
      const answer = answers[Math.min(asked++, answers.length - 1)];
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    },
  };
  return { fits: createFitsThere(gateways, systemClock), asked: () => asked };
}

describe('a deploy to a gateway', () => {
  it('is refused where it does not fit, with what is missing and what would help', async () => {
    const { fits } = studioWith([NONE]);
    const refused = fits.check('pump-house', manifest);
    await expect(refused).rejects.toMatchObject({ code: 'GATEWAY_UNFIT' });
    await expect(refused).rejects.toThrow(/of memory, and 1(\.0)? MB are there/);
    await expect(refused).rejects.toHaveProperty('hint', expect.stringContaining('Stop other programs'));
  });

  it('goes on where it fits, and where the gateway is away or does not say what it is', async () => {
    await studioWith([ROOM]).fits.check('pump-house', manifest);
    await studioWith([new Error('GATEWAY_UNANSWERED')]).fits.check('pump-house', manifest);
    await studioWith([{ memory: 1 }]).fits.check('pump-house', manifest);
    const away = studioWith([NONE], false);
    await away.fits.check('pump-house', manifest);
    expect(away.asked()).toBe(0);
  });

  it('is warned of, and left to the gateway to measure, what is only guessed of its models', async () => {
    const { manifest: forest } = bundleOf({ manifest: { needs: { ...manifest.needs, models: [FOREST] } } });
    const { fits } = studioWith([withFree(1e9)]);
    await fits.check('pump-house', forest);
    const { warnings, problems } = await fits.preview('pump-house', forest);
    expect(problems).toEqual([]);
    expect(warnings.map(({ code }) => code).sort()).toEqual(['MEMORY_TOO_SMALL', 'MODEL_TOO_SLOW']);
    await expect(studioWith([NONE]).fits.check('pump-house', forest)).rejects.toMatchObject({ code: 'GATEWAY_UNFIT' });
  });

  it('is shown beforehand with what it takes there, and the gateway measures itself once for many looks', async () => {
    const { fits, asked } = studioWith([ROOM]);
    const shown = await fits.preview('pump-house', manifest);
    expect(shown).toMatchObject({ fit: { freeBytes: 4e9 }, problems: [], warnings: [{ code: 'SETTING_UNSET' }] });
    await Promise.all([fits.preview('pump-house', manifest), fits.preview('pump-house', manifest)]);
    expect(asked()).toBe(1);
  });

  it('is not refused by a measurement from before somebody made room', async () => {
    const { fits } = studioWith([NONE, ROOM]);
    expect((await fits.preview('pump-house', manifest)).problems).toMatchObject([{ code: 'MEMORY_TOO_SMALL' }]);
    await fits.check('pump-house', manifest);
  });
});
