import { execFileSync, spawn } from 'node:child_process';
import { chmod, chown, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { diagnose } from '../../../runtime/doctor/index.ts';
import { brokenAddons, isForHere } from '../../../runtime/doctor/profile/addons.ts';
import { diskProfile } from '../../../runtime/doctor/profile/disk.ts';
import { listeningPorts } from '../../../runtime/doctor/profile/listeners.ts';
import { installedNodeTypes } from '../../../runtime/doctor/profile/node-types.ts';
import { runsFlow } from '../../../runtime/doctor/profile/own-processes.ts';
import { parseProfile } from '../../../runtime/doctor/profile/parse-profile.ts';
import { settingNames } from '../../../runtime/doctor/profile/setting-names.ts';
import { userDirProfile } from '../../../runtime/doctor/profile/user-directory.ts';
import { changed, WELL } from './profiles.ts';

const linux = process.platform === 'linux';
const root = process.getuid?.() === 0;
/** Whether a file system may be mounted here: not in every container. */
const mounts =
  linux &&
  root &&
  (() => {
    try {
      execFileSync('unshare', ['--mount', 'true'], { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  })();

async function temporary(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'millrace-doctor-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

/** Runs a module's function as somebody who owns nothing here. */
function asNobody(file: string, name: string, ...args: readonly unknown[]): Promise<unknown> {
  const place = resolve(import.meta.dirname, '../../../runtime/doctor/profile', file);
  const code = `const { ${name} } = await import(${JSON.stringify(place)});
    process.setgroups([]); process.setgid(65534); process.setuid(65534);
    console.log(JSON.stringify(await ${name}(...${JSON.stringify(args)})));`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += String(chunk)));
  return new Promise((done, fail) =>
    child.on('close', () => (said === '' ? fail(new Error('no answer')) : done(JSON.parse(said)))),
  );
}

describe('the user directory', () => {
  it('need not be there yet, if it can be made', async () => {
    const directory = join(await temporary(), 'a/b');
    expect(await userDirProfile(directory)).toEqual({ path: directory, exists: false, foreign: [], readable: [] });
  });

  it('tells of secrets that others may read, and of none that they may not', async () => {
    const directory = await temporary();
    await mkdir(join(directory, 'gateway'));
    const modes = {
      'settings.env': 0o644,
      'gateway/device.key': 0o600,
      'gateway/root.json': 0o644,
      'flow_cred.json': 0o640,
    };
    for (const [name, mode] of Object.entries(modes)) {
      await writeFile(join(directory, name), '');
      await chmod(join(directory, name), mode);
    }
    const { readable } = await userDirProfile(directory);
    expect(readable.sort()).toEqual([join(directory, 'flow_cred.json'), join(directory, 'settings.env')]);
  });

  it.runIf(linux && root)('tells of what the user that runs Millrace may not write', async () => {
    const directory = await temporary();
    await chmod(directory, 0o755);
    await mkdir(join(directory, 'millrace'));
    await writeFile(join(directory, 'millrace/outbox.sqlite'), '');
    // Its own, and read-only on purpose.
    await writeFile(join(directory, 'millrace/bundle.json'), '', { mode: 0o444 });
    await chown(join(directory, 'millrace/bundle.json'), 65_534, 65_534);
    const closed = await asNobody('user-directory.ts', 'userDirProfile', directory);
    expect(closed).toMatchObject({ exists: true, problem: expect.stringContaining('EACCES') as string });
    await chmod(directory, 0o777);
    const after = await asNobody('user-directory.ts', 'userDirProfile', directory);
    expect(after).toMatchObject({ foreign: [join(directory, 'millrace/outbox.sqlite')] });
    expect(after).not.toHaveProperty('problem');
    const above = await asNobody('user-directory.ts', 'userDirProfile', join(directory, 'millrace/new'));
    expect(above).toMatchObject({ exists: false, problem: expect.stringContaining('takes no new folder') as string });
    expect(diagnose(changed({ userDir: after as typeof WELL.userDir })).map(({ code }) => code)).toEqual([
      'FILES_FOREIGN',
    ]);
  });

  it('says which settings are set there, and never what to', async () => {
    const directory = await temporary();
    expect(await settingNames(directory)).toEqual([]);
    await writeFile(join(directory, 'settings.env'), 'CLOUD_HOST=broker.example\nCLOUD_PASSWORD=sealed:x\n', {
      mode: 0o600,
    });
    expect(await settingNames(directory)).toEqual(['CLOUD_HOST', 'CLOUD_PASSWORD']);
  });
});

describe('the disk', () => {
  it('is measured where the directory will be, and nothing is left behind', async () => {
    const directory = await temporary();
    const disk = await diskProfile(join(directory, 'later'));
    expect(disk).toMatchObject({ readOnly: false });
    expect(disk.totalBytes).toBeGreaterThan(disk.freeBytes);
    expect(disk.syncs).toBeGreaterThan(0);
    await rm(directory, { recursive: false, force: true }).catch(() => undefined);
    expect(await userDirProfile(directory)).toMatchObject({ foreign: [] });
  });

  it.runIf(mounts)('is found full, in memory, and read-only', async () => {
    const directory = await temporary();
    const place = join(directory, 'full');
    await mkdir(place);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', place]);
    try {
      execFileSync('dd', ['if=/dev/zero', `of=${join(place, 'filler')}`, 'bs=4096'], { stdio: 'ignore' });
    } catch {
      // That it ends for want of room is what it is for.
    }
    try {
      const disk = await diskProfile(place);
      expect(disk).toMatchObject({ kind: 'tmpfs', freeBytes: 0 });
      const codes = diagnose(changed({ disk })).map(({ code }) => code);
      expect(codes).toEqual(expect.arrayContaining(['DISK_FULL', 'DISK_FLEETING']));
      execFileSync('mount', ['-o', 'remount,ro', place]);
      expect(await diskProfile(place)).toMatchObject({ readOnly: true });
    } finally {
      execFileSync('umount', [place]);
    }
  });
});

describe.runIf(linux)('what listens', () => {
  it('is named with its program, and counts as ours only where a flow of ours holds it', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((listening) => server.once('listening', listening));
    onTestFinished(() => void server.close());
    const { port } = server.address() as { port: number };
    const find = async (own: Parameters<typeof listeningPorts>[0]) =>
      (await listeningPorts(own)).find((each) => each.port === port);
    expect(await find([])).toMatchObject({
      own: false,
      holder: expect.stringContaining(`process ${process.pid}`) as string,
    });
    expect(await find([{ id: process.pid, bytes: 0 }])).toMatchObject({ own: true });
  });

  it('knows a flow of ours by its command', () => {
    expect(runsFlow(['node', '/opt/millrace-studio/runtime/cli/main.js', 'run', 'pump.mrb'])).toBe(true);
    expect(runsFlow(['node', '--max-old-space-size=64', '/x/runtime/cli/main.js', 'start'])).toBe(true);
    expect(runsFlow(['node', '/usr/local/bin/millrace', 'run'])).toBe(true);
    expect(runsFlow(['node', '/x/runtime/cli/main.js', 'gateway', 'start'])).toBe(false);
    expect(runsFlow(['node', '/other/main.js', 'run'])).toBe(false);
    expect(runsFlow(['vim', 'notes.txt'])).toBe(false);
  });
});

describe('packages of the user directory', () => {
  it('tells of a native part that cannot be loaded, and of none for other machines', async () => {
    const userDir = await temporary();
    const put = async (path: string) => {
      const file = join(userDir, 'node_modules', path);
      await mkdir(join(file, '..'), { recursive: true });
      await writeFile(file, 'no library');
    };
    await put('broken/build/Release/broken.node');
    await put('@scope/foreign/prebuilds/sunos-x64/addon.node');
    await put('foreign/prebuilds/win32-arm64/addon.node');
    const found = await brokenAddons(userDir);
    expect(found.map((each) => each.package)).toEqual(['broken']);
    expect(found[0]?.reason).toMatch(/\w/);
    expect(await brokenAddons(join(userDir, 'none'))).toEqual([]);
  });

  it('knows builds for other platforms by their folder', () => {
    expect(isForHere('x/prebuilds/linux-arm64/a.node', 'linux-arm64')).toBe(true);
    expect(isForHere('x/prebuilds/linux-x64/a.node', 'linux-arm64')).toBe(false);
    expect(isForHere('x/prebuilds/linuxmusl-arm64/a.node', 'linux-arm64')).toBe(true);
    expect(isForHere('x/build/Release/a.node', 'linux-arm64')).toBe(true);
  });

  it('lists the types of nodes of Node-RED, of Millrace, and of what was installed', async () => {
    const userDir = await temporary();
    const own = join(userDir, 'node_modules/@acme/node-red-modbus');
    await mkdir(own, { recursive: true });
    await writeFile(join(own, 'package.json'), JSON.stringify({ 'node-red': { nodes: { modbus: 'modbus.js' } } }));
    await writeFile(join(own, 'modbus.html'), `<script>RED.nodes.registerType('modbus-read', {})</script>`);
    const types = await installedNodeTypes(userDir);
    expect(types).toEqual(expect.arrayContaining(['inject', 'mqtt in', 'function', 'infer', 'upload', 'modbus-read']));
  });
});

describe('the profile of another machine', () => {
  it('is taken by itself, and out of what the doctor prints', () => {
    expect(parseProfile(WELL, 'a.json')).toEqual(WELL);
    expect(parseProfile({ format: 1, profile: WELL, findings: [] }, 'a.json')).toEqual(WELL);
  });

  it('is taken as an older Millrace has written it', async () => {
    const file = resolve(import.meta.dirname, '../../samples/profile-1.json');
    const profile = parseProfile(JSON.parse(await readFile(file, 'utf8')), file);
    expect(profile).toMatchObject({ format: 1, millrace: '0.1.0', disk: { kind: 'ext4' } });
    expect(profile.tiers.native.micro?.dense).toBeGreaterThan(0);
  });

  it('is refused where it is something else, or of a format that is not known', () => {
    const refusal = (value: unknown) => {
      try {
        return parseProfile(value, 'a.json');
      } catch (error) {
        return error;
      }
    };
    expect(refusal({ hello: 1 })).toMatchObject({
      code: 'PROFILE_UNREADABLE',
      message: expect.stringContaining('a.json') as string,
    });
    expect(refusal({ ...WELL, format: 2 })).toMatchObject({ message: expect.stringContaining('format') as string });
    expect(refusal(undefined)).toMatchObject({ code: 'PROFILE_UNREADABLE' });
  });
});
