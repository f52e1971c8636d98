import { indexesOf } from '../look/label-colours.ts';
import { ratio } from '../live/features.ts';
import type { Store } from '../live/store.ts';
import { SERIES } from '../look/theme.ts';
import { areaPaths, type Box, extent, linePath } from './sparkline.ts';

/** One path of a sparkline, with the class that colours it. */
export interface Stroke {
  readonly path: string;
  readonly look: string;
}

/** What stands under a node: its last 60 views. */
export const POINTS = 60;

/** Between the fields of two channels. */
const GAP = 5;

/** The strokes of a node's sparkline, `undefined` where it has shown nothing that can be drawn. */
export function drawingOf(store: Store, node: string, box: Box): Stroke[] | undefined {
  return readings(store, node, box) ?? prediction(store, node, box) ?? drift(store, node, box);
}

/** Each channel in a field of its own, on its own scale: the shape is what can be seen in so little room. */
function readings(store: Store, node: string, box: Box): Stroke[] | undefined {
  const entry = store.get('readings', node);
  if (!entry) return undefined;
  const points = recent(entry.history.points);
  const channels = entry.latest.channels.slice(0, SERIES);
  const width = (box.width - GAP * (channels.length - 1)) / channels.length;
  // A narrow field shows a shorter past, so that a step in time is as wide in every field.
  const most = Math.ceil(POINTS / channels.length);
  return channels.map(({ name }, index) => {
    const values = points
      .slice(-most)
      .map(({ value }) => value.channels.find((channel) => channel.name === name)?.last ?? NaN);
    const left = index * (width + GAP);
    return {
      path: linePath(values, most, { width, height: box.height }, extent(values), left),
      look: `series-${index + 1}`,
    };
  });
}

/** Confidence as an area in the colour of the label; of a regression the value as a line. */
function prediction(store: Store, node: string, box: Box): Stroke[] | undefined {
  const entry = store.get('prediction', node);
  if (!entry) return undefined;
  const points = recent(entry.history.points);
  const labels = Object.keys(entry.latest.classification?.scores ?? {});
  if (labels.length === 0) {
    const values = points.map(({ value }) => value.value ?? NaN);
    return [{ path: linePath(values, POINTS, box, extent(values)), look: 'series-1' }];
  }
  const colours = indexesOf(labels);
  const runs = points.map(({ value: { classification } }) => ({
    kind: colours[labels.indexOf(classification?.label ?? '')] ?? 0,
    value: classification?.confidence ?? 0,
  }));
  return areaPaths(runs, POINTS, box).map(({ kind, path }) => ({
    path,
    look: `area-${(kind % SERIES) + 1}`,
  }));
}

/** The feature that is nearest to its threshold, which is the dashed line at half the height. */
function drift(store: Store, node: string, box: Box): Stroke[] | undefined {
  const entry = store.get('drift', node);
  if (!entry) return undefined;
  const values = recent(entry.history.points).map(({ value }) => Math.max(0, ...value.features.map(ratio)));
  const look = entry.latest.state === 'drifting' ? 'alarm' : 'calm';
  return [
    { path: `M0 ${box.height / 2}H${box.width}`, look: 'threshold' },
    { path: linePath(values, POINTS, box, [0, 2]), look },
  ];
}

const recent = <T>(points: readonly { readonly time: number; readonly value: T }[]) => points.slice(-POINTS);
