import { errors } from './errors.ts';

/** A flow that runs as root can do anything to the machine. @throws ROOT_REFUSED */
export function refuseRoot(allowed: boolean): void {
  if (!allowed && process.getuid?.() === 0) throw errors.ROOT_REFUSED({ user: 'root' });
}
