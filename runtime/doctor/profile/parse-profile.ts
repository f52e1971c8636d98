import { type MachineProfile, machineProfile } from '../../messages/index.ts';
import { errors } from '../errors.ts';

/**
 * A profile that another machine has made.
 *
 * @param source where it is from, for the message
 * @throws PROFILE_UNREADABLE
 */
export function parseProfile(value: unknown, source: string): MachineProfile {
  // What `millrace doctor --json` prints holds the profile too.
  const inside = typeof value === 'object' && value !== null && 'profile' in value ? value.profile : value;
  const parsed = machineProfile.safeParse(inside);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const reason = `${issue?.path.join('.') || 'it'}: ${issue?.message ?? 'unknown'}`;
  throw errors.PROFILE_UNREADABLE({ source, reason }, { cause: parsed.error });
}
