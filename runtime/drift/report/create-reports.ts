import { type Clock, MillraceError } from '../../base/index.ts';
import type { DriftHistory, DriftPicture, DriftSheet, DriftSpan } from '../../messages/index.ts';
import type { HistorySpan } from '../history/types.ts';
import { reportOf } from './report.ts';
import { beginningOf, type SheetOptions, sheetOf } from './sheet.ts';
import { timesIn } from './times.ts';
import { ordered } from './words.ts';

/** Points of a course in the printed report. */
const POINTS = 700;

/** Without a span it is all there is, or the last day of it. */
export interface SheetRequest extends Omit<SheetOptions, 'span'> {
  readonly span?: DriftSpan | undefined;
}

export interface Reports {
  /** What the sidebar shows of a stream. @throws DRIFT_STREAM_NOT_FOUND */
  sheet(node: string, options: SheetRequest): Promise<DriftSheet>;
  /** One HTML page about these streams, whole in itself. @throws DRIFT_STREAM_NOT_FOUND */
  report(
    nodes: readonly string[],
    options: { readonly span: DriftSpan; readonly zone?: string | undefined },
  ): Promise<string>;
}

/** What is drawn: as it is now, or was last, and its past. */
interface Known {
  picture(node: string): Promise<DriftPicture>;
  history(node: string, span: HistorySpan): Promise<DriftHistory>;
}

/** Draws what is known of streams. */
export function createReports(known: Known, clock: Clock): Reports {
  const pastOf = async (picture: DriftPicture, span: DriftSpan, points: number): Promise<DriftHistory> => {
    const from = beginningOf(span, picture);
    const { node, time } = picture;
    try {
      return await known.history(node, { points, to: time, ...(from !== undefined && { from }) });
    } catch (thrown) {
      // Where nothing is kept, it has no past.
      if (!(thrown instanceof MillraceError) || thrown.code !== 'DRIFT_STREAM_NOT_FOUND') throw thrown;
      return { node, from: time, to: time, courses: [], events: [] };
    }
  };
  const pictureOf = async (node: string): Promise<DriftPicture> => {
    const picture = await known.picture(node);
    return { ...picture, features: ordered(picture.features) };
  };
  return {
    async sheet(node, options) {
      const picture = await pictureOf(node);
      const { width } = options;
      const span = options.span ?? 'day';
      const past = await pastOf(picture, span, width);
      // Where it has begun within the last day, the rest of the day would be empty.
      const begun = options.span === undefined && isShorter(past, span, picture);
      return sheetOf(picture, past, { ...options, span: begun ? 'all' : span });
    },
    async report(nodes, { span, zone }) {
      const streams = [];
      for (const node of nodes) {
        const picture = await pictureOf(node);
        streams.push({ picture, past: await pastOf(picture, span, POINTS) });
      }
      return reportOf(streams, { times: timesIn(zone), now: clock.now(), span });
    },
  };
}

/** Whether there is nothing of the first tenth of a span. */
const isShorter = ({ courses }: DriftHistory, span: DriftSpan, picture: DriftPicture): boolean => {
  const begun = courses.reduce((first, { times }) => Math.min(first, times[0] ?? Infinity), Infinity);
  return begun > (beginningOf(span, picture) ?? 0) + (picture.time - (beginningOf(span, picture) ?? 0)) / 10;
};
