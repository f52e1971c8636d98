import { errors } from './errors.ts';
import { cronFault } from './policies/cron.ts';
import { target, type Target, type TargetSettings } from './schema.ts';

const PROTOCOLS = new Set(['mqtt:', 'mqtts:', 'ws:', 'wss:']);

/**
 * A target's settings with their defaults.
 *
 * @throws TARGET_INVALID
 */
export function checkTarget(settings: TargetSettings): Target {
  const result = target.safeParse(settings);
  if (!result.success) {
    const [issue] = result.error.issues;
    const path = issue?.path ?? [];
    const setting = path.map(String).join('.');
    const given = path.reduce(
      (value, name) => (value as Record<PropertyKey, unknown> | undefined)?.[name],
      settings as unknown,
    );
    const value = JSON.stringify(given) ?? '';
    throw errors.TARGET_INVALID({ setting, value, reason: issue?.message ?? 'not understood' });
  }
  const checked = result.data;
  const { when, cron } = checked.sending;
  const reason = when === 'schedule' ? cronFault(cron) : undefined;
  if (reason !== undefined) throw errors.TARGET_INVALID({ setting: 'sending.cron', value: cron, reason });
  if ('topic' in checked && /[+#\0]/.test(checked.topic)) {
    throw errors.TARGET_INVALID({ setting: 'topic', value: checked.topic, reason: '"+" and "#" are for subscribers' });
  }
  if (checked.type === 'mqtt') checkUrl(checked.url);
  return checked;
}

function checkUrl(value: string): void {
  if (!URL.canParse(value)) throw errors.TARGET_INVALID({ setting: 'url', value, reason: 'not an address' });
  const url = new URL(value);
  if (!PROTOCOLS.has(url.protocol)) {
    throw errors.TARGET_INVALID({ setting: 'url', value, reason: `"${url.protocol}" is not an MQTT protocol` });
  }
  if (url.hostname === '') throw errors.TARGET_INVALID({ setting: 'url', value, reason: 'it names no host' });
  if (url.username !== '' || url.password !== '') {
    const reason = 'user name and password belong into their own fields, where they are kept secret';
    throw errors.TARGET_INVALID({ setting: 'url', value: `${url.protocol}//…@${url.host}`, reason });
  }
}
