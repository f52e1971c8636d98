import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acceptRelease, readBundle } from '../../../runtime/bundle/index.ts';
import { createProgram } from '../../../runtime/cli/program.ts';
import { Unsuccessful } from '../../../runtime/cli/unsuccessful.ts';
import { followRoots, parseRoot, type Root } from '../../../runtime/keys/index.ts';
import { bundleOf, mrb } from '../../support/bundles.ts';

let directory: string;
const at = (name: string) => join(directory, name);

/** Runs a command of `millrace keys` in this process. */
async function keys(...args: readonly string[]) {
  const [results, progress]: [string[], string[]] = [[], []];
  const terminal = {
    result: (text: string) => void results.push(text),
    progress: (text: string) => void progress.push(text),
    colour: false,
    resultColour: false,
  };
  const error: unknown = await createProgram(terminal)
    .parseAsync(['keys', ...args], { from: 'user' })
    .then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
  return { results: results.join('\n'), progress: progress.join('\n'), error };
}
const read = async (name: string) => JSON.parse(await readFile(at(name), 'utf8')) as unknown;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'millrace-cli-signing-'));
  for (const name of ['ann', 'bob', 'cy', 'ci']) expect((await keys('make', at(`${name}.key`))).error).toBeUndefined();
});
afterAll(() => rm(directory, { recursive: true, force: true }));

describe('millrace keys make', () => {
  it('writes a key for its owner only, its public key beside it, and never over another', async () => {
    const { results, progress } = await keys('make', at('mine.key'), '--json');
    const told = JSON.parse(results) as { id: string };
    expect(told).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      file: at('mine.key'),
      publicFile: at('mine.key.pub'),
    });
    expect((await stat(at('mine.key'))).mode & 0o777).toBe(0o600);
    expect(await readFile(at('mine.key.pub'), 'utf8')).toContain('BEGIN PUBLIC KEY');
    const secret = (await readFile(at('mine.key'), 'utf8')).split('\n')[1] ?? '';
    expect(results + progress).not.toContain(secret);
    expect((await keys('make', at('mine.key'))).error).toMatchObject({ code: 'SIGNING_KEY_EXISTS' });
  });
});

describe('millrace keys root', () => {
  it('makes a root for one person from one key', async () => {
    const { results, progress, error } = await keys('root', 'make', at('one.json'), '-k', at('ann.key'));
    expect(error).toBeUndefined();
    expect(results).toMatch(
      /^root version 1, until 20\d\d-\d\d-\d\d\n +root keys +1 of 1 +[0-9a-f]{16} +has signed\n +release keys +1 of 1/,
    );
    expect(progress).toContain('It can be handed to gateways');
    const root = parseRoot(await read('one.json'));
    expect(root.roles.release).toEqual(root.roles.root);
    const again = await keys('root', 'make', at('one.json'), '-k', at('ann.key'));
    expect(again.error).toMatchObject({ code: 'SIGNED_FILE_NOT_WRITTEN' });
  });

  it('lets a firm’s people sign one after the other, and exchange who may', async () => {
    const people = ['ann', 'bob', 'cy'].flatMap((name) => ['--root-key', at(`${name}.key.pub`)]);
    const firm = ['--root-threshold', '2', '--release-key', at('ci.key.pub'), '--expires', '2099-01-01'];
    const made = await keys('root', 'make', at('root.json'), '-k', at('ann.key'), ...people, ...firm);
    expect(made.results).toContain('signed by 1 of its own keys, 2 needed');
    expect(made.progress).toContain('It is not yet good');
    expect((await keys('root', 'show', at('root.json'))).error).toBeInstanceOf(Unsuccessful);
    // Nothing follows a root that is none yet.
    const early = await keys('root', 'rotate', at('root.json'), '-o', at('early.json'), '-k', at('ann.key'));
    expect(early.error).toMatchObject({ code: 'SIGNATURES_TOO_FEW' });
    const signed = await keys('root', 'sign', at('root.json'), '-k', at('cy.key'));
    expect(signed.progress).toContain('It can be handed to gateways');
    const first = parseRoot(await read('root.json'));
    expect(first.expires).toBe(Date.UTC(2099, 0, 1));

    // Cy leaves, the build machine has a new key.
    const stay = ['ann', 'bob'].flatMap((name) => ['--root-key', at(`${name}.key.pub`)]);
    const next = ['-o', at('root-2.json'), '-k', at('ann.key'), ...stay, '--release-key', at('bob.key.pub')];
    const rotated = await keys('root', 'rotate', at('root.json'), ...next);
    expect(rotated.results).toContain('signed by 1 key of the root before it, 2 needed');
    const second = await keys('root', 'sign', at('root-2.json'), '-k', at('bob.key'), '--after', at('root.json'));
    expect(second.results).toContain('signed by 2 keys of the root before it, 2 needed');
    const shown = await keys('root', 'show', at('root-2.json'), '--after', at('root.json'), '--json');
    expect(shown.error).toBeUndefined();
    expect(JSON.parse(shown.results)).toMatchObject({ version: 2, complete: true, roles: { root: { threshold: 2 } } });
    const { root } = followRoots(first, [await read('root-2.json')], Date.now());
    expect(root.roles.root.keys).toHaveLength(2);
  });

  it.each([
    [['--expires', 'soon'], 'OPTION_INVALID'],
    [['--expires', '2020-01-01'], 'OPTION_INVALID'],
    [['--root-threshold', '0'], 'OPTION_INVALID'],
    [['--root-threshold', '2'], 'ROOT_INVALID'],
    [['--release-key', 'nowhere.pub'], 'SIGNING_KEY_MISSING'],
  ])('refuses %s', async (args, code) => {
    const { error } = await keys('root', 'make', at('bad.json'), '-k', at('ann.key'), ...args);
    expect(error).toMatchObject({ code });
    await expect(stat(at('bad.json'))).rejects.toThrow();
  });

  it('says of a file that is no root that it is none', async () => {
    expect((await keys('root', 'show', at('ann.key'))).error).toMatchObject({ code: 'SIGNED_FILE_UNREADABLE' });
    expect((await keys('root', 'show', at('nothing'))).error).toMatchObject({ code: 'SIGNED_FILE_UNREADABLE' });
  });
});

describe('millrace keys sign', () => {
  const accept = async (name: string, root: Root) =>
    acceptRelease(await readBundle(at(name)), {
      ...{ root, group: 'north', runtime: '0.1.0', architecture: 'linux-arm64', now: Date.now() },
    });
  const sign = (name: string, ...args: readonly string[]) => keys('sign', at(name), ...args);
  beforeAll(() => writeFile(at('pump.mrb'), mrb(bundleOf())));

  it('signs a bundle so that a gateway with the root takes it, and newer ones by newer versions', async () => {
    await keys('root', 'make', at('alone.json'), '-k', at('ann.key'));
    const root = parseRoot(await read('alone.json'));
    await expect(accept('pump.mrb', root)).rejects.toMatchObject({ code: 'RELEASE_UNSIGNED' });
    const first = await sign('pump.mrb', '-k', at('ann.key'), '-o', at('signed.mrb'));
    expect(first.results).toMatch(/^pump, release \d+, for every gateway, until 20\d\d-/);
    const release = await accept('signed.mrb', root);
    expect(release.version).toBeGreaterThan(3_000_000);
    const again = await sign('signed.mrb', '-k', at('ann.key'), '--version', String(release.version + 1), '--json');
    expect(JSON.parse(again.results)).toMatchObject({ name: 'pump', version: release.version + 1, group: 'any' });
    expect((await accept('signed.mrb', root)).version).toBe(release.version + 1);
  });

  it('says for whom and until when', async () => {
    const root = parseRoot(await read('alone.json'));
    await sign('pump.mrb', '-k', at('ann.key'), '--group', 'south', '--expires', '2099-01-01', '-o', at('south.mrb'));
    await expect(accept('south.mrb', root)).rejects.toThrow('south');
    await sign('south.mrb', '-k', at('ann.key'), '--group', 'north', '--expires', '2099-01-01');
    expect(await accept('south.mrb', root)).toMatchObject({ group: 'north', expires: Date.UTC(2099, 0, 1) });
  });

  it('adds to what others have signed, where two must', async () => {
    const two = ['--release-key', at('ann.key.pub'), '--release-key', at('bob.key.pub'), '--release-threshold', '2'];
    await keys('root', 'make', at('two.json'), '-k', at('ann.key'), ...two);
    const root = parseRoot(await read('two.json'));
    await sign('pump.mrb', '-k', at('ann.key'), '--group', 'north', '-o', at('both.mrb'));
    await expect(accept('both.mrb', root)).rejects.toMatchObject({ code: 'SIGNATURES_TOO_FEW' });
    const added = await sign('both.mrb', '-k', at('bob.key'));
    expect(added.results).toContain('one more signature');
    expect(await accept('both.mrb', root)).toMatchObject({ group: 'north' });
  });

  it('signs nothing that is damaged, or no bundle', async () => {
    const cut = mrb(bundleOf());
    await writeFile(at('cut.mrb'), cut.subarray(0, cut.length / 2));
    expect((await sign('cut.mrb', '-k', at('ann.key'))).error).toMatchObject({ code: 'BUNDLE_CUT' });
    expect((await sign('nothing.mrb', '-k', at('ann.key'))).error).toMatchObject({ code: 'SIGNED_FILE_UNREADABLE' });
    expect((await sign('pump.mrb', '-k', at('ann.key'), '--version', 'new')).error).toMatchObject({
      code: 'OPTION_INVALID',
    });
    expect((await sign('pump.mrb', '-k', at('ann.key.pub'))).error).toMatchObject({ code: 'SIGNING_KEY_INVALID' });
  });
});
