import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { Option } from 'commander';
import { errors } from './errors.ts';

/** `--user-dir`, or the variable MILLRACE_USER_DIR, or .millrace in the user's home. Absolute. */
export function userDirOption(): Option {
  return new Option('--user-dir <folder>', 'where flows, settings and queues are kept')
    .env('MILLRACE_USER_DIR')
    .default(join(homedir(), '.millrace'), process.env['MILLRACE_USER_DIR'] ?? '~/.millrace')
    .argParser((path) => resolve(path));
}

/** @throws OPTION_INVALID */
export function parsePort(value: string, option = '--port'): number {
  const port = Number(value);
  if (/^\d{1,5}$/.test(value) && port <= 65_535) return port;
  throw errors.OPTION_INVALID({ option, value, expected: 'a number from 0 to 65535' });
}
