import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { diagnose, FINDING_GROUPS } from '../../../runtime/doctor/index.ts';
import { changed, WELL } from './profiles.ts';

const found = (change: Parameters<typeof changed>[0]) => diagnose(changed(change)).map(({ code }) => code);
const finding = (code: string, change: Parameters<typeof changed>[0]) =>
  diagnose(changed(change)).find((each) => each.code === code);
const broken = (reason: string, ended = false) => ({ works: false, reason, ...(ended && { ended }) });

/** What makes each finding, and what its words must say. */
const SICK: Readonly<Record<string, readonly [change: Parameters<typeof changed>[0], says: RegExp]>> = {
  NODE_TOO_OLD: [{ node: { version: '20.19.2' } }, /20\.19\.2 .*22\.15 or newer/],
  NODE_UNEVEN: [{ node: { version: '25.1.0' } }, /25\.1\.0/],
  ADDON_BROKEN: [
    { brokenAddons: [{ package: 'bcrypt', file: '/x/bcrypt.node', reason: 'NODE_MODULE_VERSION 115' }] },
    /"bcrypt".*MODULE_VERSION 115[^]*npm rebuild --prefix \/var\/lib\/millrace bcrypt/,
  ],
  MODELS_CANNOT_RUN: [{ tiers: { native: broken('no library'), wasm: broken('no file') } }, /no library.*no file/],
  NATIVE_CANNOT_RUN: [{ tiers: { native: broken('no library') } }, /no library/],
  WASM_CANNOT_RUN: [{ tiers: { wasm: broken('no file') } }, /no file/],
  TIER_FORCED: [{ tier: 'native', tiers: { native: broken('no library') } }, /"native".*no library/],
  LIBRARIES_UNNEEDED: [{ foreignLibraryBytes: 350e6 }, /350 MB[^]*millrace gateway install/],
  MEMORY_SHORT: [{ memory: { availableBytes: 90e6, limitBytes: 256e6 } }, /90 MB.*bounds it to 256 MB/],
  MEMORY_LOW: [{ memory: { availableBytes: 200e6 } }, /200 MB/],
  TOO_HOT: [{ system: { temperature: 83.4 } }, /83 °C/],
  VOLTAGE_LOW: [{ system: { undervoltage: 'before' } }, /was too low/],
  CLOCK_WRONG: [{ measured: 12_000 }, /1970-01-01[^]*timedatectl/],
  CLOCK_UNSYNCHRONISED: [{ clock: { synchronised: false } }, /clock[^]*NTP/],
  RUNS_AS_ROOT: [{ user: { root: true, name: 'root' } }, /root[^]*gateway install/],
  FILES_FEW: [{ user: { files: 256 } }, /256 files[^]*LimitNOFILE/],
  NO_SYSTEMD: [{ system: { systemd: false } }, /systemd/],
  USER_DIR_UNWRITABLE: [{ userDir: { problem: 'EACCES' } }, /EACCES[^]*chown -R millrace \/var\/lib\/millrace/],
  FILES_FOREIGN: [{ userDir: { foreign: ['/var/lib/millrace/a'] } }, /1 file .*\/a[^]*chown -R millrace/],
  SECRETS_READABLE: [{ userDir: { readable: ['/var/lib/millrace/settings.env'] } }, /settings\.env[^]*chmod 600/],
  DISK_READ_ONLY: [{ disk: { readOnly: true } }, /read-only[^]*dmesg/],
  DISK_FULL: [{ disk: { freeBytes: 3e6 } }, /3 MB/],
  DISK_LOW: [{ disk: { freeBytes: 120e6 } }, /120 MB[^]*MILLRACE_LIMIT_OUTBOX_BYTES/],
  DISK_FLEETING: [{ disk: { kind: 'tmpfs' } }, /in memory/],
  DISK_NETWORKED: [{ disk: { kind: 'nfs4' } }, /nfs4/],
  DISK_SLOW: [{ disk: { syncs: 6.23 } }, /6\.2 writes a second/],
  TEMPORARY_UNWRITABLE: [{ temporaryProblem: 'EACCES /tmp' }, /EACCES/],
  SERIAL_FORBIDDEN: [
    {
      serial: {
        ports: [
          {
            ...{ port: '/dev/ttyACM0', label: 'ttyACM0', stable: false },
            problem: 'the user "millrace" may not open the port /dev/ttyACM0. Add the user to the group dialout.',
          },
        ],
      },
    },
    /may not open the port \/dev\/ttyACM0 Add the user to the group dialout/,
  ],
  SERIAL_UNAVAILABLE: [{ serial: { problem: 'no prebuild' } }, /no prebuild/],
  PORT_TAKEN: [
    { ports: [{ port: 1880, holder: 'the program "node" (process 7)', own: false }] },
    /port 1880.*process 7[^]*--port/,
  ],
};

describe('the diagnosis', () => {
  it('finds nothing on a machine where all is well', () => {
    expect(diagnose(WELL)).toEqual([]);
  });

  it.each(Object.entries(SICK))('finds %s, and says what to do', (code, [change, says]) => {
    const one = finding(code, change);
    expect(`${one?.text} ${one?.hint}`).toMatch(says);
    expect(one?.hint).toMatch(/\.$/);
  });

  it('has a case here, and a row in the docs, for every finding that there is', async () => {
    const codes = Object.values(FINDING_GROUPS).flatMap((kinds) => Object.keys(kinds));
    expect(Object.keys(SICK).sort()).toEqual([...codes].sort());
    const page = await readFile(join(resolve(import.meta.dirname, '../../..'), 'docs/doctor.md'), 'utf8');
    expect(codes.filter((code) => !page.includes(`\`${code}\``))).toEqual([]);
  });

  it('puts what keeps Millrace from working first', () => {
    const all = diagnose(changed({ foreignLibraryBytes: 1e9, clock: { synchronised: false }, disk: { freeBytes: 0 } }));
    expect(all.map(({ severity }) => severity)).toEqual(['error', 'warning', 'note']);
  });

  it('knows why the native library does not load', () => {
    const hint = (reason: string, ended = false, libc = 'glibc 2.36') =>
      finding('NATIVE_CANNOT_RUN', { tiers: { native: broken(reason, ended) }, system: { libc } })?.hint;
    expect(hint('Error loading shared library', false, 'musl')).toContain('Alpine');
    expect(hint("/lib/libm.so.6: version `GLIBC_2.38' not found")).toContain('glibc 2.36) is too old');
    expect(hint('the process ended (SIGILL)', true)).toContain('MILLRACE_TIER=wasm');
    expect(hint("Cannot find module '../bin/napi-v6/linux/arm/onnxruntime_binding.node'")).toContain('linux-arm64');
    expect(hint("Cannot find package 'onnxruntime-node'")).toContain('ONNXRUNTIME_NODE_INSTALL=skip');
  });

  it('blames no port that Millrace itself holds, and no root in a container', () => {
    expect(found({ ports: [{ port: 1880, own: true }] })).toEqual([]);
    expect(found({ user: { root: true }, system: { container: true, systemd: false } })).toEqual([]);
  });

  it('counts the memory of the flow that a new one takes the place of', () => {
    expect(found({ memory: { availableBytes: 120e6, ownBytes: 250e6 } })).toEqual([]);
  });

  it('takes an unknown tier for what it is', () => {
    expect(finding('TIER_FORCED', { tier: 'gpu' })?.text).toContain('no way of running models');
  });
});
