/** Keeps what the pump's flow made against what arrived, prediction by prediction. */
import type { WireMessage } from '../../../runtime/messages/index.ts';

/** The pump makes a prediction of every 25 readings, at 100 a second, ms. */
const STRIDE = 250;

export interface GatewayVerdict {
  /** *upload* has taken it, by the outbox's own count. */
  readonly taken: number;
  /** Taken, and never arrived. */
  readonly lost: number;
  /** Arrived once more. */
  readonly repeats: number;
  /** Predictions that are missing in time between two that were taken one after the other. */
  readonly skipped: number;
  /** Readings that the flow itself says it could not take in time. */
  readonly leftOut: number;
  /** What must never be, in words. */
  readonly wrong: readonly string[];
}

export interface GatewayBooks {
  arrived(message: WireMessage): void;
  /** Of the first so many that were taken, what has not arrived. */
  missing(taken: number): number;
  verdict(taken: number): GatewayVerdict;
}

export function openGatewayBooks(): GatewayBooks {
  const arrived = new Map<number, { readonly time: number; readonly gaps: number }>();
  const wrong: string[] = [];
  let repeats = 0;
  const upTo = (taken: number) => Array.from({ length: taken }, (_, i) => arrived.get(i + 1));
  const missing = (taken: number) => upTo(taken).filter((one) => one === undefined).length;

  return {
    arrived(message) {
      const { sequence } = message.key;
      if ('gap' in message) {
        wrong.push(`a gap at ${sequence}: ${JSON.stringify(message.gap)}`);
        return;
      }
      const { time, gaps } = message as { readonly time?: unknown; readonly gaps?: unknown };
      if (typeof time !== 'number' || typeof gaps !== 'number') {
        wrong.push(`no prediction at ${sequence}: ${JSON.stringify(message).slice(0, 200)}`);
        return;
      }
      const before = arrived.get(sequence);
      if (before) repeats++;
      if (before && before.time !== time) wrong.push(`${sequence} came as two messages`);
      arrived.set(sequence, { time, gaps });
    },
    missing,
    verdict(taken) {
      let skipped = 0;
      let leftOut = 0;
      let last: { readonly time: number; readonly index: number } | undefined;
      for (const [index, one] of upTo(taken).entries()) {
        if (!one) continue;
        // Windows overlap fourfold: each reading that is missing is told by four of them.
        leftOut += one.gaps / 4;
        if (last) skipped += Math.max(0, Math.round((one.time - last.time) / STRIDE) - (index - last.index));
        last = { time: one.time, index };
      }
      return { taken, lost: missing(taken), repeats, skipped, leftOut: Math.ceil(leftOut), wrong };
    },
  };
}
