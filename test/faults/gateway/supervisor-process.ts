/**
 * A gateway's supervisor, as `millrace gateway start` runs it, that takes a bundle which lies unpacked in a folder, piece by
 * piece, and falls over at a named state of that deploy. What it is is given as JSON, what it deploys as a line of JSON on
 * stdin; it says its status on lines of its own.
 */
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import { parseBundle } from '../../../runtime/bundle/index.ts';
import type { DeployState } from '../../../runtime/messages/index.ts';
import { gatewayPaths, startGateway } from '../../../runtime/rollout/index.ts';

export interface SupervisorWork {
  readonly userDir: string;
  readonly command: readonly [string, ...string[]];
}

export interface Deploy {
  /** A folder. It is deployed once the gateway stands. */
  readonly bundle: string;
  readonly fall?: Fall;
}

export interface Fall {
  readonly at: DeployState;
  /** ms after that. */
  readonly after: number;
  /** `stopped` is left standing for the power to be cut under it. */
  readonly how: 'supervisor killed' | 'all killed' | 'stopped';
}

const { userDir, command } = JSON.parse(process.argv[2] ?? '{}') as SupervisorWork;

const pause = (ms: number) => new Promise<void>((resolve) => void setTimeout(resolve, ms));
// What a bundle is judged by standing is not what is tried here; each takes a moment in which one can fall. It holds with the
// first sign of life after its probation.
const judges = {
  async fit() {
    await pause(60);
    return {};
  },
  test: () => pause(60),
};
const runArgs = ['--allow-root'];
const { gateway, stop } = await startGateway({ userDir, command, runArgs, judges, version: '0.1.0', probation: 500 });

let fall: Fall | undefined;
let falling = false;
gateway.onStatus((status) => {
  const { vitals: _, progress: __, ...rest } = status;
  process.stdout.write(`${JSON.stringify(rest)}\n`);
  if (!fall || falling || status.state !== fall.at) return;
  falling = true;
  if (fall.after > 0) setTimeout(fallOver, fall.after);
  else fallOver();
});
gateway.onLog(({ text }) => process.env['KILLS_LOG'] !== undefined && process.stderr.write(`${text}\n`));
process.on('SIGTERM', () => void stop().then(() => process.exit(0)));

function fallOver(): void {
  if (fall?.how === 'all killed') {
    const { pid } = JSON.parse(readFileSync(gatewayPaths(userDir).flow, 'utf8')) as { pid: number };
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // Between two starts there is none.
    }
  }
  process.kill(process.pid, fall?.how === 'stopped' ? 'SIGSTOP' : 'SIGKILL');
}

/** Resolves when what a power cut or a kill has left is dealt with, and something runs, or nothing is there to run. */
async function standing(): Promise<void> {
  for (;;) {
    const { state, process: up, running } = gateway.status();
    if (state === 'idle' && (up === 'running' || running === undefined)) return;
    await pause(50);
  }
}

async function deploy(bundle: string): Promise<void> {
  await standing();
  const manifest = await readFile(join(bundle, 'bundle.json'), 'utf8');
  const envelope: unknown = JSON.parse(await readFile(join(bundle, 'release.dsse.json'), 'utf8'));
  const { missing } = await gateway.offer({ manifest, envelope });
  const files = Object.entries(parseBundle(bundle, manifest).manifest.files);
  for (const file of missing) {
    const [path = ''] = files.find(([, { sha256 }]) => sha256 === file) ?? [];
    const content = await readFile(join(bundle, path));
    for (let offset = 0; offset === 0 || offset < content.length; offset += 65_536) {
      const piece = content.subarray(offset, offset + 65_536);
      const last = offset + piece.length >= content.length;
      await gateway.receive({ file, offset, bytes: zstdCompressSync(piece), last });
    }
  }
  await gateway.install();
}

createInterface({ input: process.stdin }).once('line', (line) => {
  const given = JSON.parse(line) as Deploy;
  fall = given.fall;
  void deploy(given.bundle);
});
