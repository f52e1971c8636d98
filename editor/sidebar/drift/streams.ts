/** What is watched for drift on the gateway, as this page knows it. */
import {
  driftAnswer,
  type DriftCommand,
  driftSheet,
  type DriftSheet,
  type DriftSheetRequest,
  type WatchedStream,
} from '../../../runtime/messages/index.ts';
import type { AskGateway } from '../../gateway.ts';
import { type Observed, observed } from '../../live/observed.ts';
import { type Trouble, troubleOf } from '../notice.tsx';

export interface StreamsState {
  /** The gateway has answered once. */
  readonly loaded: boolean;
  /** What drifts first, then what was compared last. */
  readonly streams: readonly WatchedStream[];
  readonly trouble?: Trouble;
}

/** Numbers as numbers: the address has them as texts. */
export interface SheetRequest extends Omit<DriftSheetRequest, 'width' | 'shown'> {
  readonly width: number;
  readonly shown: number;
}

export interface Streams {
  readonly state: Observed<StreamsState>;
  refresh(): Promise<void>;
  /** @throws {Refused} */
  sheet(node: string, request: SheetRequest): Promise<DriftSheet>;
  /** Lets the node learn its reference anew. @throws {Refused} */
  relearn(node: string): Promise<void>;
}

/** @param ask asks the gateway */
export function createStreams(ask: AskGateway): Streams {
  const state = observed<StreamsState>({ loaded: false, streams: [] });
  return {
    state,
    async refresh() {
      try {
        const { streams } = driftAnswer.parse(await ask('drift'));
        const drifts = (stream: WatchedStream) => Number(stream.state === 'drifting');
        state.set({ loaded: true, streams: streams.toSorted((a, b) => drifts(b) - drifts(a)) });
      } catch (error) {
        state.set({ ...state.value, trouble: troubleOf(error) });
      }
    },
    sheet: async (node, request) => driftSheet.parse(await ask(sheetPath(node, request))),
    async relearn(node) {
      await ask(`tell/${encodeURIComponent(node)}`, { do: 'relearn' } satisfies DriftCommand);
    },
  };
}

const ofNode = (node: string, what: string, query: Readonly<Record<string, string | number | undefined>>) => {
  const said = Object.entries(query).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]]));
  return `drift/${encodeURIComponent(node)}/${what}?${new URLSearchParams(said).toString()}`;
};
export const sheetPath = (node: string, request: SheetRequest): string => ofNode(node, 'sheet', { ...request });
export const reportPath = (node: string): string => ofNode(node, 'report', { zone: zoneHere() });

/** Where the reader is: times are written as clocks there show them. */
export const zoneHere = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;
