import { errors } from '../errors.ts';
import type { WindowSettings } from './settings.ts';
import { checkRoom } from './room-for.ts';
import { windowLength } from './window-length.ts';

/** Windows that overlap so often are asked for by mistake: a silence would be followed by thousands of them. */
const MOST_OVERLAP = 1000;

/** @throws WINDOW_SETTINGS_INVALID, WINDOW_TOO_LARGE */
export function checkSettings(settings: WindowSettings): void {
  const { cut, seconds, every, before, after, rate, resample, align, channels } = settings;
  const refuse = (problem: string) => {
    throw errors.WINDOW_SETTINGS_INVALID({ problem });
  };
  if (!(rate >= 0 && rate < Infinity)) refuse(`a rate of ${rate} samples a second`);
  if (!(resample >= 0 && resample < Infinity)) refuse(`a new rate of ${resample} samples a second`);
  if (cut === 'count' && !(settings.length >= 1 && settings.stride >= 1)) {
    refuse(`${settings.length} samples every ${settings.stride}`);
  }
  if (cut === 'time') {
    if (!(seconds > 0 && every > 0)) refuse(`${seconds} s every ${every} s`);
    if (seconds > every * MOST_OVERLAP)
      refuse(`windows of ${seconds} s every ${every} s overlap ${MOST_OVERLAP} times and more`);
    if (resample > 0 && windowLength(settings) < 2) refuse(`${seconds} s at ${resample} Hz are no two samples`);
    if (rate > 0) checkRoom(Math.ceil(seconds * rate), Math.max(channels.length, 1));
  }
  if (cut === 'trigger' && !(before >= 0 && after >= 1 && before + after >= 2)) {
    refuse(`${before} samples before a trigger and ${after} from it on`);
  }
  if (align !== 'none' && channels.length === 0) refuse('to align channels, their names must be given');
  if (channels.length > 0) checkTrigger(settings, channels);
}

/**
 * That the channel which triggers is one of the window's. Where nobody chose those, the first reading tells them.
 *
 * @throws WINDOW_SETTINGS_INVALID
 */
export function checkTrigger({ cut, crossing }: WindowSettings, channels: readonly string[]): void {
  if (cut !== 'trigger' || !crossing || crossing.channel === '' || channels.includes(crossing.channel)) return;
  throw errors.WINDOW_SETTINGS_INVALID({
    problem: `the channel "${crossing.channel}" triggers, but the window has only ${channels.join(', ')}`,
  });
}
