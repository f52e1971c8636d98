import type { DriftPicture, WatchedStream } from '../../messages/index.ts';

/** What a picture says in the list of what is watched. */
export function lineOf({ node, name, model, state, since, time, features }: DriftPicture, first = time): WatchedStream {
  const faults = features.filter(({ kind, drifting }) => kind === 'fault' && drifting).length;
  return { node, name, ...(model && { model }), state, ...(faults > 0 && { faults }), since, time, first };
}
