/** Ctrl-C and SIGTERM of the built command. */
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openVirtualPort } from '../../scripts/virtual-port.ts';
import { until } from '../support/node-red.ts';
import { startStudio } from '../support/studio.ts';

const socat = spawnSync('socat', ['-V']).status === 0;
if (!socat) process.emitWarning('socat is not installed: no port is being opened when the command stops');

const flow = [{ id: 'tab', type: 'tab', label: 'Empty' }];

describe('a started command', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('drains and ends with 0 on %s', async (signal) => {
    const studio = await startStudio({ flow });
    studio.process.kill(signal);
    const [code] = (await once(studio.process, 'exit')) as [number];
    expect(code).toBe(0);
    expect(studio.output()).toMatch(/Stopping; messages in flight are finished first[^]*Stopped\./);
    await studio.stop();
  });

  it('takes the Ctrl-C that both the terminal and npm send for one', async () => {
    const studio = await startStudio({ flow });
    studio.process.kill('SIGINT');
    await until(() => studio.output().includes('Stopping') || undefined, 'the drain');
    studio.process.kill('SIGINT');
    const [code] = (await once(studio.process, 'exit')) as [number];
    expect(code).toBe(0);
    await studio.stop();
  });

  it.runIf(socat || process.env['CI'])('ends as well while a board is still being connected', async () => {
    let heard = 0;
    // It takes what it is sent, and never answers.
    const port = await openVirtualPort({ instead: (line) => void line.on('data', () => heard++) });
    onTestFinished(() => port.close());
    const studio = await startStudio({
      flow: [
        ...flow,
        { id: 'bench', type: 'board', name: 'on the bench', kind: 'serial', port: port.path },
        {
          ...{ id: 'pins', type: 'pins', z: 'tab', x: 100, y: 100, board: 'bench', rate: 100, wires: [] },
          channels: [{ name: 'x', pin: 'A0', kind: 'volts' }],
        },
      ],
    });
    await until(() => heard > 0 || undefined, 'the board is asked who it is');
    expect(await studio.stop()).toBe(0);
    expect(studio.output()).toContain('Stopped.');
  });

  it.runIf(process.platform !== 'win32')(
    'writes nothing that others can read but the flow that everybody has',
    async () => {
      const studio = await startStudio();
      const entries = await readdir(studio.userDir, { recursive: true });
      expect(entries).toContain('.config.runtime.json');
      const own = entries.filter((name) => name !== 'flows/pump.json');
      for (const name of own) expect((await stat(join(studio.userDir, name))).mode & 0o077, name).toBe(0);
      await studio.stop();
    },
  );

  it('says in a few lines where it is and what runs, results on stdout', async () => {
    const studio = await startStudio({ flow });
    expect(studio.output()).toMatch(
      /Millrace \d+\.\d+\.\d+ runs\.\n\n +editor +http:\/\/127\.0\.0\.1:\d+\/\n +flow +Empty/,
    );
    await studio.stop();
  });
});
