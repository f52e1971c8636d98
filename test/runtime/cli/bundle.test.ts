import { copyFileSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { makeRoot } from '../../../runtime/keys/index.ts';
import { removeBundle } from '../../../runtime/bundle/index.ts';
import { writeFloor } from '../../../runtime/rollout/state/floor.ts';
import { millrace, millraceHere } from '../../support/command.ts';
import { bundleOf, FLOW, mrb, newKey, rootOf, signed } from '../../support/bundles.ts';

const place = mkdtempSync(join(tmpdir(), 'millrace-cli-bundle-'));
afterAll(() => removeBundle(place));

/** `millrace bundle …`, of a user directory that holds nothing. */
const bundle = (...args: readonly string[]) =>
  millraceHere(['bundle', ...args], { cwd: place, env: { MILLRACE_USER_DIR: join(place, 'user') } });

const key = newKey();
const secret = { name: 'CLOUD_PASSWORD', secret: true, use: 'password of the target "cloud"' };
const made = bundleOf({
  files: { 'tests/well.json': '{}' },
  manifest: { settings: [secret], tests: ['tests/well.json'] },
});
const now = Date.now();
const release = { version: 7, group: 'north', issued: now - 1000, expires: now + 86_400_000 };
const whole = mrb(made, signed(made, [key], release));
writeFileSync(join(place, 'pump.mrb'), whole);
writeFileSync(join(place, 'unsigned.mrb'), mrb(made));
const { version, expires, roles } = rootOf([key]);
writeFileSync(join(place, 'root.json'), JSON.stringify(makeRoot({ version, expires, roles }, [key])));

describe('millrace bundle', () => {
  it('show says what is in a bundle, what is to be set, and what its signature says', async () => {
    const told = await bundle('show', 'pump.mrb');
    const json = await bundle('show', 'pump.mrb', '--json');
    expect(told.code).toBe(0);
    expect(told.stdout).toMatch(/^pump, 2 nodes, /);
    expect(told.stdout).toContain('release 7 for gateways of the group "north"');
    expect(told.stdout).toContain(key.id.slice(0, 16));
    expect(told.stdout).toContain('CLOUD_PASSWORD');
    expect(JSON.parse(json.stdout)).toMatchObject({ manifest: made.manifest, release: { ...release, keys: [key.id] } });
  });

  it('diff says in words what is different', async () => {
    const flow = FLOW.map((node) => (node.id === 'tick' ? { ...node, repeat: '5' } : node));
    const files = { 'tests/well.json': '{}' };
    writeFileSync(join(place, 'slower.mrb'), mrb(bundleOf({ flow, files, manifest: { tests: made.manifest.tests } })));
    const told = await bundle('diff', 'pump.mrb', 'slower.mrb');
    const same = await bundle('diff', 'pump.mrb', 'unsigned.mrb', '--json');
    expect(told.stdout.split('\n')).toEqual([
      ...['Tab "One"', '  ~ inject "tick"', '      repeat: "1" → "5"', ''],
      ...['Set on the device', '  - CLOUD_PASSWORD, secret: password of the target "cloud"', ''],
    ]);
    // Who signed it, and when, is no part of what it is.
    expect(JSON.parse(same.stdout)).toEqual({ same: true, parts: [] });
  });

  it('verify takes what is whole and signed by whom we trust, for whom we ask', async () => {
    const root = ['--root', 'root.json'];
    const taken = await millrace(['bundle', 'verify', 'pump.mrb', ...root], { cwd: place });
    const foreign = await bundle('verify', 'pump.mrb', ...root, '--group', 'south');
    const unasked = await bundle('verify', 'pump.mrb');
    const unsigned = await bundle('verify', 'unsigned.mrb', ...root);
    expect(taken).toMatchObject({ code: 0 });
    expect(taken.stdout).toContain('Its signature is trusted: release 7');
    expect(foreign).toMatchObject({ code: 1 });
    expect(foreign.stderr).toContain('RELEASE_FOREIGN');
    expect(unasked).toMatchObject({ code: 0 });
    expect(unasked.stdout).toContain('Who signed it was not checked.');
    expect(unsigned).toMatchObject({ code: 1 });
    expect(unsigned.stderr).toContain('RELEASE_UNSIGNED');
  });

  it("verify refuses in a gateway's user directory what is older than what held there", async () => {
    const gateway = join(place, 'paired', 'gateway');
    mkdirSync(gateway, { recursive: true });
    copyFileSync(join(place, 'root.json'), join(gateway, 'root.json'));
    const verify = (...args: readonly string[]) =>
      millraceHere(['bundle', 'verify', 'pump.mrb', '--user-dir', join(place, 'paired'), ...args], { cwd: place });
    const held = { name: 'pump', version: 8, digest: 'a'.repeat(64), issued: now };
    expect(await verify()).toMatchObject({ code: 0 });
    await writeFloor(join(gateway, 'newest.json'), { ...held, keys: [key.id] });
    const older = await verify();
    expect(older).toMatchObject({ code: 1 });
    expect(older.stderr).toContain('RELEASE_OLDER');
    // Asked of another gateway, or where others signed what held here.
    expect(await verify('--root', 'root.json')).toMatchObject({ code: 0 });
    await writeFloor(join(gateway, 'newest.json'), { ...held, keys: [newKey().id] });
    expect(await verify()).toMatchObject({ code: 0 });
  });

  it('verify refuses what was altered or cut, with what to do', async () => {
    const altered = Buffer.from(whole);
    altered[altered.indexOf('"tick"', altered.indexOf('flows/one.json')) + 1] = 0x54;
    writeFileSync(join(place, 'altered.mrb'), altered);
    writeFileSync(join(place, 'cut.mrb'), whole.subarray(0, 3000));
    const one = await bundle('verify', 'altered.mrb');
    const two = await bundle('verify', 'cut.mrb');
    expect(one).toMatchObject({ code: 1 });
    expect(one.stderr).toContain('BUNDLE_ALTERED');
    expect(two).toMatchObject({ code: 1 });
    expect(two.stderr).toMatch(/BUNDLE_CUT.*\n.*Copy or download/);
  });
});
