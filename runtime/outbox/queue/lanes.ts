import type { Lane } from '../schema.ts';
import { LaneState } from './lane-state.ts';

/** The lanes by destination and by number. */
export function createLanes(firstChunk: number) {
  const byName = new Map<string, Map<Lane, LaneState>>();
  const byNumber = new Map<number, LaneState>();
  const restore = (lane: LaneState) => {
    const lanes = byName.get(lane.destination) ?? new Map<Lane, LaneState>();
    byName.set(lane.destination, lanes.set(lane.lane, lane));
    byNumber.set(lane.number, lane);
    return lane;
  };
  const find = (destination: string, lane: Lane) => byName.get(destination)?.get(lane);
  return {
    restore,
    find,
    byNumber: (number: number) => byNumber.get(number),
    all: () => byNumber.values(),
    of(destination: string, lane: Lane): LaneState {
      const held = find(destination, lane);
      if (held) return held;
      const number = Math.max(0, ...byNumber.keys()) + 1;
      return restore(new LaneState(number, destination, lane, firstChunk - 1));
    },
  };
}
