import type { DriftKind } from '../../messages/index.ts';
import type { HistoryPoint } from './types.ts';

/** Which feature stands where in the bodies of points. */
export type Layout = readonly (readonly [kind: DriftKind, name: string, statistic: string])[];

/** One evaluation, or the largest of several: three numbers a feature of the layout. */
export interface Body {
  readonly values: Float32Array;
  readonly thresholds: Float32Array;
  /** ms from the time of the point to when the value was measured. */
  readonly offsets: Uint32Array;
}

/** A point as it is kept: the features in an order that does not depend on which one drifts most. */
export function toLayout({ features }: HistoryPoint): { layout: Layout; body: Body } {
  const known = features
    .filter(({ value, threshold }) => Number.isFinite(value) && Number.isFinite(threshold))
    .toSorted((a, b) => order(a.kind, b.kind) || order(a.name, b.name) || order(a.statistic, b.statistic));
  return {
    layout: known.map(({ kind, name, statistic }) => [kind, name, statistic]),
    body: {
      values: Float32Array.from(known, ({ value }) => value),
      thresholds: Float32Array.from(known, ({ threshold }) => threshold),
      offsets: new Uint32Array(known.length),
    },
  };
}

const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** Of each feature the one that lies furthest out, as a share of its threshold. */
export function largest(time: number, points: readonly { readonly time: number; readonly body: Body }[]): Body {
  const size = points[0]?.body.values.length ?? 0;
  const values = new Float32Array(size);
  const thresholds = new Float32Array(size);
  const offsets = new Uint32Array(size);
  for (let i = 0; i < size; i++) {
    let best = -Infinity;
    for (const { time: at, body } of points) {
      const share = shareOf(body.values[i] ?? 0, body.thresholds[i] ?? 0);
      if (share <= best) continue;
      best = share;
      values[i] = body.values[i] ?? 0;
      thresholds[i] = body.thresholds[i] ?? 0;
      offsets[i] = Math.max(0, at + (body.offsets[i] ?? 0) - time);
    }
  }
  return { values, thresholds, offsets };
}

/** How far out, where the threshold may be 0. */
export const shareOf = (value: number, threshold: number): number => value / Math.max(threshold, Number.MIN_VALUE);

export function packBody({ values, thresholds, offsets }: Body): Uint8Array {
  const bytes = new Uint8Array(12 * values.length);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < values.length; i++) {
    view.setFloat32(12 * i, values[i] ?? 0, true);
    view.setFloat32(12 * i + 4, thresholds[i] ?? 0, true);
    view.setUint32(12 * i + 8, offsets[i] ?? 0, true);
  }
  return bytes;
}

export function unpackBody(bytes: Uint8Array): Body {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const at = Array.from({ length: Math.floor(bytes.length / 12) }, (_, index) => 12 * index);
  return {
    values: Float32Array.from(at, (place) => view.getFloat32(place, true)),
    thresholds: Float32Array.from(at, (place) => view.getFloat32(place + 4, true)),
    offsets: Uint32Array.from(at, (place) => view.getUint32(place + 8, true)),
  };
}
