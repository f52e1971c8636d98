import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DoctorAnswer, doctorAnswer, machineProfile } from '../../../runtime/messages/index.ts';
import { digestOf } from '../../../runtime/signal/index.ts';
import { bundleOf, FLOW, mrb } from '../../support/bundles.ts';
import { millrace } from '../../support/command.ts';
import { changed } from '../doctor/profiles.ts';

const root = resolve(import.meta.dirname, '../../..');
const model = join(root, 'flows/pump/models/pump-health');
let directory: string;
let bundle: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'millrace-cli-doctor-'));
  bundle = join(directory, 'pump.mrb');
  await writeFile(bundle, mrb(bundleOf(await pump())));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

/** A flow with the pump's model, which lies in the bundle as it ships. */
async function pump() {
  const manifest = JSON.parse(await readFile(join(model, 'model.json'), 'utf8')) as {
    readonly version: string;
    readonly files: Readonly<Record<string, string>>;
  };
  const digest = digestOf(manifest);
  const place = `models/pump-health/${manifest.version}`;
  const files: Record<string, Uint8Array> = {};
  for (const name of ['model.json', ...Object.keys(manifest.files)]) {
    files[`${place}/${name}`] = await readFile(join(model, name));
  }
  return {
    flow: FLOW,
    files,
    manifest: {
      models: [{ name: 'pump-health', version: manifest.version, digest, references: ['pump-health'] }],
      needs: {
        ...{ nodeTypes: ['inject', 'debug'], nativeLibraries: [], boards: [], ports: [], allowed: [] },
        diskBytes: 1e6,
        models: [{ name: 'pump-health', digest, bytes: 1000, compiled: true, rate: 4 }],
      },
    },
  };
}

const doctor = (...args: readonly string[]) =>
  millrace(['doctor', ...args, '--user-dir', join(directory, 'user')], { env: { MILLRACE_TIER: '' } });
const answer = (stdout: string): DoctorAnswer => doctorAnswer.parse(JSON.parse(stdout));

describe('millrace doctor', () => {
  it('says of a bundle what it will cost here, with its models measured', async () => {
    const { code, stdout } = await doctor(bundle, '--json');
    const { profile, findings, fit } = answer(stdout);
    expect(fit).toMatchObject({ fits: true, estimates: { models: [{ name: 'pump-health', measured: true }] } });
    expect(Object.keys(fit?.estimates.models[0]?.latencyMs ?? {}).sort()).toEqual(['compiled', 'native', 'wasm']);
    expect(machineProfile.parse(profile).tiers.compiled.works).toBe(true);
    expect(code).toBe(findings.some(({ severity }) => severity === 'error') ? 1 : 0);
  }, 120_000);

  it('says for another machine what is missing there and what would help, and fails', async () => {
    const file = join(directory, 'small.json');
    const small = changed({ memory: { availableBytes: 40e6 }, nodeTypes: ['inject'], disk: { freeBytes: 60e6 } });
    await writeFile(file, JSON.stringify(small));
    const { code, stdout } = await doctor(bundle, '--on', file);
    expect(code).toBe(1);
    expect(stdout).toMatch(/✗ it would take \d+ MB of memory, and 40 MB are there for it.* MEMORY_TOO_SMALL/);
    expect(stdout).toContain('there is no node of the type "debug" there');
    expect(stdout).toMatch(/pump-health +[\d.]+ (µs|ms) +compiled/);
    expect(stdout.trim()).toMatch(/It does not fit\.$/);
  }, 120_000);

  it('diagnoses another machine by its profile alone', async () => {
    const file = join(directory, 'sick.json');
    await writeFile(file, JSON.stringify(changed({ measured: 0, clock: { synchronised: false } })));
    const sick = await doctor('--on', file);
    expect(sick.code).toBe(1);
    expect(sick.stdout).toMatch(/Machine\n {2}✗ the clock says 1970-01-01 00:00 UTC CLOCK_WRONG\n {4}Set the clock/);
    expect(sick.stdout).toContain('1 error.');
    await writeFile(file, JSON.stringify(changed({})));
    expect(await doctor('--on', file)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('All is well.') as string,
    });
  }, 60_000);

  it('says what is wrong with a profile, or a bundle, that is none', async () => {
    expect(await doctor('--on', join(directory, 'none.json'))).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/PROFILE_FILE_MISSING[^]*doctor --profile --json/) as string,
    });
    expect(await doctor('--on', bundle)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('PROFILE_UNREADABLE') as string,
    });
    expect(await doctor(join(directory, 'none.mrb'))).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('BUNDLE_MISSING') as string,
    });
  }, 60_000);
});
