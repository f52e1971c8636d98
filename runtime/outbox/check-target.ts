import { checkCertificates } from './check-certificates.ts';
import { errors } from './errors.ts';
import { cronFault } from './policies/cron.ts';
import { target, type Target, type TargetSettings } from './schema.ts';

/**
 * A target's settings with their defaults.
 *
 * @throws TARGET_INVALID
 */
export function checkTarget(settings: TargetSettings): Target {
  const result = target.safeParse(settings);
  if (result.success) {
    const { when, cron } = result.data.sending;
    const reason = when === 'schedule' ? cronFault(cron) : undefined;
    if (reason !== undefined) throw errors.TARGET_INVALID({ setting: 'sending.cron', value: cron, reason });
    if ('certificate' in result.data) checkCertificates(result.data);
    return result.data;
  }
  const [issue] = result.error.issues;
  const path = issue?.path ?? [];
  const value = path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key], settings);
  throw errors.TARGET_INVALID({
    setting: path.map(String).join('.'),
    value: shown(value),
    reason: issue?.message ?? 'not understood',
  });
}

/** The value without a password that somebody has written into an address. */
const shown = (value: unknown): string =>
  (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).replace(/\/\/[^@/]*@/, '//…@');
