import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';

/** A process of its own, which its faults would end. */
const faulty = (body: string) => `
  import { goOnAfterFaults } from ${JSON.stringify(new URL('../../../runtime/cli/go-on-after-faults.ts', import.meta.url).href)};
  goOnAfterFaults((said) => { ${body} });
  const broken = new Error('broken');
  setTimeout(() => { throw broken; }, 1);
  setTimeout(() => { throw broken; }, 20);
  setTimeout(() => void Promise.reject('refused'), 40);
  setTimeout(() => { throw Object.create(null); }, 50);
  setTimeout(() => console.log('goes on'), 60);
`;
const run = async (script: string) => {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script]);
  const [said] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  const lines = said
    .trim()
    .split('\n')
    .filter((line) => !/^\s+at /.test(line));
  return { lines, code: child.exitCode };
};

it('says a fault of its own once, and goes on', async () => {
  const { lines, code } = await run(faulty('console.log(said)'));
  expect(lines).toEqual([
    'an error of the gateway itself, which goes on: Error: broken',
    'an error of the gateway itself, which goes on: refused',
    'goes on',
  ]);
  expect(code).toBe(0);
});

it('goes on, too, where that cannot be said', async () => {
  const { lines, code } = await run(faulty("throw new Error('no room')"));
  expect(lines).toEqual(['goes on']);
  expect(code).toBe(0);
});
