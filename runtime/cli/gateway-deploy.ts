import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { MillraceError, systemClock } from '../base/index.ts';
import type { GatewayEvent, GatewayStatus, ReleaseFacts } from '../messages/index.ts';
import { connectGateway, deployStopped, type GatewayControl } from '../rollout/index.ts';
import { MILLRACE } from './command-name.ts';
import { problemLines, releaseWords, STATE_WORDS } from './gateway-lines.ts';
import type { GatewayDeployOptions } from './gateway-program.ts';
import { millraceCommand } from './gateway-start.ts';
import { lendFile } from './lend-file.ts';
import { readVersion } from './manifest.ts';
import { refuseRootBesideOwner } from './refuse-root.ts';
import type { Terminal } from './terminal.ts';

const POLL = 500;

/**
 * `millrace gateway deploy FILE`
 *
 * @returns whether it runs, or will at the next start
 * @throws what is wrong with the bundle, DEPLOY_BUSY, BUNDLE_FILE_UNREADABLE, GATEWAY_OF_ANOTHER while it is stopped
 */
export async function gatewayDeploy(file: string, options: GatewayDeployOptions, terminal: Terminal): Promise<boolean> {
  const { userDir } = options;
  const control = await connectGateway(userDir).catch((error: unknown) => {
    if (error instanceof MillraceError && error.code === 'GATEWAY_NOT_RUNNING') return undefined;
    throw error;
  });
  if (!control) {
    await refuseRootBesideOwner(userDir, `deploy ${file}`);
    const deploy = { userDir, command: millraceCommand(), version: readVersion() };
    const { release, refused } = await deployStopped(deploy, resolve(file));
    if (refused) return tell(refused, release, options, terminal);
    if (options.json) terminal.result(JSON.stringify({ release, state: 'waiting' }));
    else terminal.result(`${releaseWords(release)} is verified and tested; it runs from the next start on.`);
    terminal.progress(`Start it: ${MILLRACE} gateway start`);
    return true;
  }
  try {
    const before = (await control.events(0)).at(-1)?.sequence ?? 0;
    const release = await take(control, resolve(file), userDir);
    if (!options.wait) {
      if (options.json) terminal.result(JSON.stringify({ release, state: (await control.status()).state }));
      else terminal.result(`The gateway has ${releaseWords(release)}.`);
      terminal.progress(`See what comes of it: ${MILLRACE} gateway status`);
      return true;
    }
    return tell(await outcome(control, release, before, terminal), release, options, terminal);
  } finally {
    control.close();
  }
}

/** The gateway's user may not be let into where a stick is mounted. */
async function take(control: GatewayControl, file: string, userDir: string): Promise<ReleaseFacts> {
  try {
    return await control.take(file);
  } catch (error) {
    if (!(error instanceof MillraceError) || error.code !== 'BUNDLE_FILE_UNREADABLE') throw error;
    const readable = await stat(file).then(
      (found) => found.isFile(),
      () => false,
    );
    if (!readable) throw error;
    return await lendFile(file, userDir, (copy) => control.take(copy));
  }
}

/** Waits until it is the last good one, was refused, or gone back from. */
async function outcome(
  control: GatewayControl,
  release: ReleaseFacts,
  before: number,
  terminal: Terminal,
): Promise<GatewayEvent> {
  let said = '';
  for (;;) {
    const [status, events] = await Promise.all([control.status(), control.events(before)]);
    const end = events.find(
      (event) =>
        ['deployed', 'refused', 'rolled-back'].includes(event.kind) && event.release?.version === release.version,
    );
    if (end && status.state === 'idle') return end;
    const words = stateWords(status);
    if (words !== said && words !== '') terminal.progress(`  ${words}`);
    said = words;
    await systemClock.sleep(POLL);
  }
}

const stateWords = ({ state }: GatewayStatus) =>
  state === 'probation' ? `${STATE_WORDS.probation} (Ctrl-C leaves it alone)` : STATE_WORDS[state];

function tell(event: GatewayEvent, release: ReleaseFacts, { json }: GatewayDeployOptions, terminal: Terminal): boolean {
  const good = event.kind === 'deployed';
  if (json) terminal.result(JSON.stringify({ release, outcome: event.kind, text: event.text, problem: event.problem }));
  else {
    terminal.result(`${releaseWords(release)}: ${event.text}`);
    for (const line of event.problem ? problemLines(event.problem) : []) terminal.progress(line);
  }
  return good;
}
