import { dirname, join, relative, resolve } from 'node:path';
import { flowName } from './flow-name.ts';
import type { Suite, SuitesOptions } from './types.ts';

/** Where the tests of a flow are: the user's own first, then those beside the flow's file, then those that came with Millrace. */
export function suiteOf(file: string, { userDir, shipped }: SuitesOptions): Suite {
  const path = resolve(file);
  const name = flowName(path);
  const user = { owner: 'user', folder: join(userDir, 'tests', name) } as const;
  const beside = { owner: 'flow', folder: join(dirname(path), 'tests') } as const;
  const came = shipped === undefined ? [] : ([{ owner: 'shipped', folder: join(shipped, name, 'tests') }] as const);
  // A flow of the user directory, or the user's copy of one that came with Millrace: what lies beside it belongs to others too.
  const home = resolve(userDir);
  if ([home, join(home, 'flows')].includes(dirname(path))) return { name, file: path, folders: [user, ...came] };
  const isShipped = shipped !== undefined && !relative(shipped, path).startsWith('..');
  return { name, file: path, folders: [user, isShipped ? { ...beside, owner: 'shipped' } : beside] };
}
