import { chown, mkdir, stat, writeFile } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { startProcess } from '../workers/index.ts';
import { showBytes } from './columns.ts';
import { MILLRACE } from './command-name.ts';
import { confirm } from './confirm.ts';
import { errors } from './errors.ts';
import type { GatewayInstallOptions } from './gateway-program.ts';
import { millraceCommand } from './gateway-start.ts';
import { gatewayUnit, STATE_FOLDER } from './gateway-unit.ts';
import { parsePort } from './options.ts';
import type { Terminal } from './terminal.ts';
import { unreachablePart } from './unreachable-part.ts';

/** What the machine itself needs. */
const [SHARE, LEAST] = [0.75, 256];

/**
 * `millrace gateway install`: says what it will do, asks, and does it.
 *
 * @throws INSTALL_UNFIT, OPTION_INVALID, LIBRARY_NOT_REMOVED
 */
export async function gatewayInstall(options: GatewayInstallOptions, terminal: Terminal): Promise<void> {
  const { user, service, root, print, yes } = options;
  for (const [option, name] of [
    ['--user', user],
    ['--service', service],
  ] as const) {
    if (/^[a-z_][\w.-]{0,60}$/i.test(name)) continue;
    throw errors.OPTION_INVALID({ option, value: name, expected: 'a name of letters, digits, "-" and "_"' });
  }
  const userDir = resolve(options.userDir ?? STATE_FOLDER);
  const command = millraceCommand();
  const unit = gatewayUnit({
    ...{ command, user, userDir, startArgs: startArgs(options), maxMemory: memoryOf(options.maxMemory) },
    needsHome: command.some((word) => /^\/(home|root)\//.test(word)),
  });
  if (print) return terminal.result(unit.trimEnd());

  const image = resolve(root) !== '/';
  const file = join(root, 'etc/systemd/system', `${service}.service`);
  if (!image) await checkSystem(command, user);
  const missingUser = !image && (await idOf(user)) === undefined;
  // The libraries of whoever prepares an image are not the device's.
  const libraries = image ? [] : await (await import('../inference/index.ts')).prunableLibraries();
  const bytes = libraries.reduce((sum, library) => sum + library.bytes, 0);
  const steps = [
    `write ${file}`,
    ...(missingUser ? [`make the system user "${user}", without a password or a shell`] : []),
    ...(!image && userDir !== STATE_FOLDER ? [`make ${userDir}, for "${user}" only`] : []),
    ...(libraries.length > 0
      ? [`delete ONNX Runtime's files for other machines (${showBytes(bytes)}; a new "npm install" brings them back)`]
      : []),
  ];
  terminal.progress('This will:');
  for (const step of steps) terminal.progress(`  ${step}`);
  if (!yes && !(await confirm('Go on?'))) {
    throw errors.INSTALL_UNFIT({ reason: 'nothing was done', hint: 'Add --yes to go on without being asked.' });
  }

  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, unit, { mode: 0o644 });
  if (missingUser) await makeUser(user);
  if (!image && userDir !== STATE_FOLDER) await giveFolder(userDir, user);
  if (libraries.length > 0) await (await import('../inference/index.ts')).pruneLibraries();
  terminal.result(`${file} is written.`);
  if (libraries.length > 0) terminal.result(`${showBytes(bytes)} of libraries for other machines are deleted.`);
  if (image) return terminal.progress(`\nOn the device: systemctl enable --now ${service}`);
  terminal.progress(`
Start it, now and at every boot:
  sudo systemctl daemon-reload && sudo systemctl enable --now ${service}
Then pair it with a studio, whose sidebar shows the code:
  sudo -u ${user} ${MILLRACE} gateway pair CODE --user-dir ${userDir}`);
}

function startArgs({ port, user }: GatewayInstallOptions): string[] {
  if (port !== undefined) parsePort(port);
  return [...(port === undefined ? [] : ['--port', port]), ...(user === 'root' ? ['--allow-root'] : [])];
}

/** @returns bytes @throws OPTION_INVALID */
function memoryOf(value: string | undefined): number {
  if (value === undefined) return Math.max(LEAST * 1e6, totalmem() * SHARE);
  const megabytes = Number(value);
  if (megabytes >= LEAST) return megabytes * 1e6;
  throw errors.OPTION_INVALID({ option: '--max-memory', value, expected: `${LEAST} MB or more` });
}

async function checkSystem(command: readonly string[], user: string): Promise<void> {
  if (process.platform !== 'linux' || !(await stat('/run/systemd/system').catch(() => undefined))) {
    throw errors.INSTALL_UNFIT({
      reason: 'this system does not run systemd',
      hint: `Have whatever starts services here run "${MILLRACE} gateway start" and restart it when it ends. To see the unit: --print.`,
    });
  }
  if (process.getuid?.() !== 0) {
    throw errors.INSTALL_UNFIT({
      reason: 'a service can be installed by root only',
      hint: 'Put sudo before the command. To see what would be written: --print.',
    });
  }
  for (const path of command.filter((word) => word.startsWith('/'))) {
    const closed = user === 'root' ? undefined : await unreachablePart(path);
    if (closed === undefined) continue;
    throw errors.INSTALL_UNFIT({
      reason: `"${user}" could not read ${path}: ${closed} is closed to others`,
      hint: 'Install Node.js and Millrace for everybody (sudo npm install -g millrace-studio), and run that command.',
    });
  }
}

/** @returns user and group, if there is such a user */
async function idOf(user: string): Promise<{ uid: number; gid: number } | undefined> {
  const [uid, gid] = await Promise.all(['-u', '-g'].map((flag) => answerOf('id', [flag, user])));
  return uid?.code === 0 && gid?.code === 0 ? { uid: Number(uid.text), gid: Number(gid.text) } : undefined;
}

async function makeUser(user: string): Promise<void> {
  const args = ['--system', '--user-group', '--no-create-home', '--home-dir', STATE_FOLDER];
  const { code, text } = await answerOf('useradd', [...args, '--shell', '/usr/sbin/nologin', user]);
  if (code === 0) return;
  throw errors.INSTALL_UNFIT({
    reason: `the user "${user}" could not be made: ${text}`,
    hint: 'Make it by hand, or name one that is there: --user NAME.',
  });
}

async function giveFolder(folder: string, user: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const ids = await idOf(user);
  if (ids) await chown(folder, ids.uid, ids.gid);
}

async function answerOf(command: string, args: readonly string[]): Promise<{ code: number; text: string }> {
  const child = await startProcess({ name: command, command, args });
  const { code = 1, output } = await child.ended;
  return { code, text: output.trim() };
}
