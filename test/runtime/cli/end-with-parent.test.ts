import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { command } from '../../support/studio.ts';

const start = (...args: readonly string[]): ChildProcess =>
  spawn(process.execPath, [command, ...args], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
/** @returns how it ended, and what it said */
async function outcomeOf(child: ChildProcess) {
  if (!child.stdout || !child.stderr) throw new Error('no output');
  const ended = once(child, 'exit').then(([code]: unknown[]) => code as number | null);
  const [code, out, problem] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  return { code, out, problem };
}

it.each([
  ['doctor', '--profile', '--json'],
  ['bundle', 'test', 'there-is-none.mrb'],
])('ends "millrace %s" without a word when the gateway that started it is gone', async (...args) => {
  const child = start(...args);
  child.disconnect();
  expect(await outcomeOf(child)).toEqual({ code: 1, out: '', problem: '' });
});

it('lets a command come to its end while the gateway is there', async () => {
  const { code, problem } = await outcomeOf(start('bundle', 'test', 'there-is-none.mrb'));
  expect(code).toBeGreaterThan(0);
  expect(problem).toContain('there-is-none.mrb');
});
