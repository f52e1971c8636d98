import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { gatewayId } from '../../../runtime/keys/gateway-id.ts';

async function temporaryDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'millrace-gateway-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

describe('the id of a gateway', () => {
  it('is made once, the same for all who start at once, and stays', async () => {
    const directory = join(await temporaryDirectory(), 'millrace');
    const ids = await Promise.all(Array.from({ length: 20 }, () => gatewayId(directory)));
    expect(new Set(ids).size).toBe(1);
    expect(await gatewayId(directory)).toBe(ids[0]);
    expect(await readdir(directory)).toEqual(['gateway-id']);
  });

  it.each(['', '0b9f0a52-6f1e-4a', 'not an id\n'])('is not made anew where its file holds "%s"', async (text) => {
    const directory = await temporaryDirectory();
    const file = join(directory, 'gateway-id');
    await writeFile(file, text);
    await expect(gatewayId(directory)).rejects.toMatchObject({ code: 'GATEWAY_ID_DAMAGED' });
    expect(await readFile(file, 'utf8')).toBe(text);
  });

  it('is not made anew where its file cannot be read', async () => {
    const directory = await temporaryDirectory();
    await mkdir(join(directory, 'gateway-id'));
    await expect(gatewayId(directory)).rejects.toMatchObject({
      code: 'DIRECTORY_UNWRITABLE',
      message: expect.stringContaining('EISDIR') as string,
    });
  });
});
