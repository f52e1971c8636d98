import { asMillraceError, type MillraceError } from '../../base/index.ts';
import { monitorInPieces } from '../monitor/create-monitor.ts';
import type { Monitor, MonitorOptions, ReferenceRows } from '../types.ts';
import type { Columns } from './columns.ts';

interface DataMonitor {
  readonly monitor: Monitor;
  /** Why the reference is not used. */
  readonly doubt?: MillraceError;
}

/** A monitor of these columns with this reference; where it will not do, one that learns from the stream. */
export function* dataMonitorInPieces(
  { names, categories }: Columns,
  reference: ReferenceRows | undefined,
  options: MonitorOptions,
): Generator<void, DataMonitor> {
  const learns: MonitorOptions = { ...options, names, categories };
  if (!reference) return { monitor: yield* monitorInPieces(learns) };
  try {
    return { monitor: yield* monitorInPieces({ ...learns, reference: { ...reference, categories } }) };
  } catch (thrown) {
    const doubt = asMillraceError(thrown);
    if (doubt.code !== 'REFERENCE_TOO_SHORT' && doubt.code !== 'REFERENCE_UNUSABLE') throw doubt;
    return { monitor: yield* monitorInPieces(learns), doubt };
  }
}
