/** What a studio has kept about its gateways when it starts again. */
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fingerprintOf } from '../../../runtime/keys/index.ts';
import { readPairingCode } from '../../../runtime/messages/index.ts';
import { connectedIn, signedBundle, startTestStudio } from '../../support/gateways.ts';
import { studioOfEach } from '../../support/studio-of-each.ts';

const sample = resolve(import.meta.dirname, '../../samples/studio-1');
const held = studioOfEach();
const startAgain = async (change: (directory: string) => Promise<unknown>) => {
  const { directory } = held.studio;
  const port = held.studio.port() || 0;
  await held.studio.stop();
  await change(directory);
  held.studio = await startTestStudio({ directory, port });
  return held.studio;
};
const codeOf = (error: unknown) => (error as { readonly code?: string }).code;

describe('a studio that starts again', () => {
  it('opens what the first format kept', async () => {
    const studio = await startAgain((directory) => cp(sample, directory, { recursive: true }));
    expect(studio.warnings).toEqual([]);
    expect(studio.gateways.list().gateways).toMatchObject([
      {
        ...{ title: 'Pump house', identity: { name: 'pump-house-pi' }, connected: false },
        events: [{ kind: 'deployed' }, { kind: 'crashed', problem: { code: 'FLOW_CRASHED' } }],
        deploy: { phase: 'waiting', release: { name: 'pump', version: 3_624_900 } },
      },
    ]);
    const { cert } = JSON.parse(await readFile(join(sample, 'certificate.json'), 'utf8')) as { cert: string };
    const told = readPairingCode((await studio.gateways.pair()).code);
    expect(told?.fingerprint).toBe(fingerprintOf(cert));
    expect((await signedBundle(studio.gateways)).release.version).toBeGreaterThan(3_624_900);
  });

  it('sets a damaged file aside, and serves all other gateways', async () => {
    const { gateway } = await held.paired();
    const studio = await startAgain(async (directory) => {
      await mkdir(join(directory, 'deploys'), { recursive: true });
      await writeFile(join(directory, 'paired/cut.json'), '{"format":1,"identity":{"gate');
      await writeFile(join(directory, 'paired/newer.json'), '{"format":2}');
      await writeFile(join(directory, 'deploys/odd.json'), '{"format":1,"release":"none"}');
    });
    await connectedIn(studio, gateway);
    expect(studio.gateways.list().gateways).toHaveLength(1);
    const codes = studio.warnings.map(codeOf).sort();
    expect(codes).toEqual(['STUDIO_FILE_DAMAGED', 'STUDIO_FILE_SET_ASIDE', 'STUDIO_FILE_SET_ASIDE']);
    const kept = await readdir(join(studio.directory, 'paired'));
    // What a newer Millrace wrote is for the newer Millrace.
    expect(kept.sort()).toEqual([`${gateway.identity.gateway}.json`, 'cut.json.damaged', 'newer.json'].sort());
    expect(await readdir(join(studio.directory, 'deploys'))).toEqual(['odd.json.damaged']);
  });

  it('takes a key file that was put right without another start', async () => {
    const file = join(held.studio.directory, 'certificate.json');
    const studio = await startAgain(() => writeFile(file, 'half a cert'));
    await expect(studio.gateways.pair()).rejects.toMatchObject({ code: 'STUDIO_FILE_DAMAGED' });
    await cp(join(sample, 'certificate.json'), file);
    const { code } = await studio.gateways.pair();
    expect(readPairingCode(code)).toBeDefined();
  });
});
