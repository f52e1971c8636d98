import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const PYTHON = '/usr/bin/python3';

/**
 * Whether Debian's Python has these packages. CI installs them, so that there they must be had.
 *
 * @throws in CI where they are missing
 */
export function pythonHas(...modules: string[]): boolean {
  try {
    if (!existsSync(PYTHON)) throw new Error(`${PYTHON} is missing`);
    execFileSync(PYTHON, ['-c', `import ${modules.join(', ')}`], { stdio: 'ignore' });
    return true;
  } catch (thrown) {
    if (process.env['CI']) throw new Error(`CI needs ${modules.join(' and ')} for Python`, { cause: thrown });
    return false;
  }
}

/** Runs a script, with what it is told as JSON on its input. @returns what it printed, read as JSON */
export function python(script: string, told: unknown): unknown {
  const printed = execFileSync(PYTHON, ['-c', script], {
    input: JSON.stringify(told),
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  return JSON.parse(printed);
}
