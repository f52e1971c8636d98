import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MillraceError } from '../../../runtime/base/index.ts';
import { afterAll, describe, expect, it } from 'vitest';
import {
  type AcceptanceRules,
  acceptRelease,
  flowOf,
  installPackages,
  readBundle,
  removeBundle,
  unpackBundle,
} from '../../../runtime/bundle/index.ts';
import { seededRandom } from '../../../runtime/numerics/index.ts';
import { bundleOf, ISSUED, mrb, newKey, rootOf, sha512, signed, tgz } from '../../support/bundles.ts';

const place = mkdtempSync(join(tmpdir(), 'millrace-mutations-'));
afterAll(() => removeBundle(place));

const key = newKey();
const tarball = tgz([{ path: 'index.js', bytes: Buffer.from('module.exports = 1;') }]);
const bundle = bundleOf({
  files: { 'models/pump/1.0.0/model.json': '{"name":"pump"}', 'tests/well.json': '{}', 'packages/a.tgz': tarball },
  manifest: {
    packages: [
      {
        ...{ name: 'a', version: '1.0.0', path: 'node_modules/a', tarball: 'packages/a.tgz', native: false },
        integrity: sha512(tarball),
      },
    ],
  },
});
const whole = mrb(bundle, signed(bundle, [key]));
const rules: AcceptanceRules = {
  ...{ root: rootOf([key]), group: 'any', runtime: '0.1.0', architecture: 'linux-x64', now: ISSUED },
};

/** The way of a bundle on a gateway. */
async function take(bytes: Uint8Array): Promise<void> {
  const file = join(place, 'pump.mrb');
  writeFileSync(file, bytes);
  const read = await readBundle(file);
  acceptRelease(read, rules);
  const unpacked = await unpackBundle(file, join(place, 'slot'), { digest: read.digest });
  await flowOf(unpacked);
  await installPackages(unpacked);
}

const random = seededRandom(9);
const below = (limit: number) => Math.floor(random() * limit);

/** Ways in which a file is changed on its way, by accident or on purpose. */
const MUTATIONS: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
  'a bit flipped': (bytes) => {
    const at = below(bytes.byteLength);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << below(8));
    return bytes;
  },
  'a byte replaced': (bytes) => {
    const at = below(bytes.byteLength);
    bytes[at] = ((bytes[at] ?? 0) + 1 + below(255)) & 255;
    return bytes;
  },
  cut: (bytes) => bytes.subarray(0, below(bytes.byteLength)),
  'a piece left out': (bytes) => {
    const at = below(bytes.byteLength - 1);
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + below(1000))]);
  },
  'a piece put in': (bytes) => {
    const at = below(bytes.byteLength);
    const more = Buffer.from(Array.from({ length: 1 + below(1000) }, () => below(256)));
    return Buffer.concat([bytes.subarray(0, at), more, bytes.subarray(at)]);
  },
  'a block twice': (bytes) => {
    const at = 512 * below(bytes.byteLength / 512);
    return Buffer.concat([bytes.subarray(0, at + 512), bytes.subarray(at)]);
  },
  'two blocks exchanged': (bytes) => {
    const [a, b] = [512 * below(bytes.byteLength / 512), 512 * below(bytes.byteLength / 512)];
    const first = Buffer.from(bytes.subarray(a, a + 512));
    bytes.copy(bytes, a, b, b + 512);
    first.copy(bytes, b);
    return bytes;
  },
};

describe('a signed bundle', () => {
  it('is taken as it is', async () => {
    await take(whole);
    await removeBundle(join(place, 'slot'));
  });

  it.each(Object.entries(MUTATIONS))('with %s is never accepted, and leaves nothing behind', async (_, mutate) => {
    for (let turn = 0; turn < 400; turn++) {
      const mutant = mutate(Buffer.from(whole));
      if (mutant.equals(whole)) continue;
      const error = await take(mutant).then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      // Whatever it is, somebody can read what is wrong.
      expect(error, `turn ${turn} was accepted`).toBeInstanceOf(MillraceError);
    }
    expect(readdirSync(place)).toEqual(['pump.mrb']);
  });
});
