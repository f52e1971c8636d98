import { smoothNormal, uniform } from '../../random.ts';
import type { PEOPLE } from './description.ts';

const STREAM = { visit: 1, walk: 2, place: 3, voice: 4, stillness: 5 };
/** Who comes stays for one or more of such pieces of time, s. */
const VISIT = 40;
const MOST = 4;

/** How many people are in the room. */
export function peopleAt(seed: number, seconds: number, people: (typeof PEOPLE)[number]): number {
  if (people === 'nobody') return 0;
  if (people === 'one') return 1;
  if (people === 'four') return MOST;
  const piece = Math.floor(seconds / VISIT);
  // It begins empty, and somebody comes soon.
  if (piece === 0) return seconds < VISIT / 4 ? 0 : 1;
  const drawn = uniform(seed, STREAM.visit, piece);
  return drawn < 0.35 ? 0 : 1 + Math.floor(((drawn - 0.35) / 0.65) * MOST);
}

/** Whether somebody moves, as a motion sensor sees it: it goes on for a moment after the last movement. */
export function movesAt(seed: number, seconds: number, people: number): boolean {
  if (people === 0) return false;
  const piece = Math.floor(seconds / 2.5);
  return uniform(seed, STREAM.stillness, piece) < 1 - 0.45 ** people;
}

/** cm from the sensor at the door to its other side. */
const DOOR = 75;

/** cm from the door's sensor to whoever stands nearest, or to the other side of the door. */
export function nearestAt(seed: number, seconds: number, people: number): number {
  if (people === 0) return DOOR;
  const reach = DOOR / Math.sqrt(people);
  return Math.max(15, Math.min(DOOR, reach + 0.55 * reach * smoothNormal(seed, STREAM.place, seconds / 3)));
}

/** How loud people are, 0 to about 1. */
export function voicesAt(seed: number, seconds: number, people: number): number {
  if (people < 2) return 0.03 * people;
  const talk = smoothNormal(seed, STREAM.voice, seconds / 0.6) + 0.4;
  return talk > 0 ? Math.min(1, 0.18 * talk * Math.sqrt(people)) : 0.05;
}
