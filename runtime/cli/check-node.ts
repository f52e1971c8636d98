import { errors } from './errors.ts';

/**
 * npm only warns where a package wants a newer Node, and what is missing would show later, somewhere in the flow.
 *
 * @param running as in `process.versions.node`
 * @param engines as in package.json: `>=MAJOR.MINOR`
 * @throws NODE_TOO_OLD
 */
export function checkNode(running: string, engines: string): void {
  const least = engines.replace('>=', '');
  const [major = 0, minor = 0] = running.split('.').map(Number);
  const [leastMajor = 0, leastMinor = 0] = least.split('.').map(Number);
  if (major > leastMajor || (major === leastMajor && minor >= leastMinor)) return;
  throw errors.NODE_TOO_OLD({ running, least, path: process.execPath });
}
