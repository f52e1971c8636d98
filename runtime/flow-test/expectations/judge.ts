/** Holds one expectation against what happens, as it happens. */
import { type Expectation, milliseconds, readProperty } from '../../messages/index.ts';
import { comparisonOf } from './comparison.ts';
import { createSeen } from './seen.ts';
import { sentenceOf } from './sentence.ts';
import { showTime, showValue } from './show-value.ts';

/** A moment of the flow's time. */
export interface Moment {
  /** ms since the start */
  readonly at: number;
  /** Messages of the recording that have been played by then. */
  readonly samples: number;
}

export interface Verdict {
  readonly expectation: string;
  readonly passed: boolean;
  readonly difference?: readonly string[];
  readonly metAt?: number;
}

export interface Judge {
  /** A message at the place that the expectation looks at. */
  message(message: Readonly<Record<string, unknown>>, moment: Moment): void;
  status(text: string, moment: Moment): void;
  /** @returns whether the expectation is about this error */
  error(code: string, message: string, moment: Moment): boolean;
  verdict(): Verdict;
}

/** @param label what the node is called */
export function createJudge(expectation: Expectation, label: string): Judge {
  const { expect, property, code, bySample } = expectation;
  const sentence = sentenceOf(expectation, label);
  const comparison = comparisonOf(expectation);
  const from = milliseconds(expectation.from ?? 0);
  const until = expectation.within === undefined ? Infinity : from + milliseconds(expectation.within);
  const seen = createSeen();
  /** Within the span. */
  let count = 0;
  let matched = 0;
  let metAt: number | undefined;
  let brokenAt: number | undefined;
  let last: boolean | undefined;

  const inSpan = ({ at, samples }: Moment) =>
    at >= from && at <= until && (bySample === undefined || samples <= bySample);
  const take = (fits: boolean, moment: Moment, text: () => string) => {
    const { at } = moment;
    // What it was not looking for is told as long as it has not been found.
    if (expect !== 'becomes' || metAt === undefined) seen.add(at, text());
    if (!inSpan(moment)) return;
    count++;
    last = fits;
    if (fits) {
      matched++;
      metAt ??= at;
    }
    const breaks = expect === 'always' ? !fits : expect === 'never' ? fits : expect === 'nothing';
    if (breaks) brokenAt ??= at;
  };

  const inRange = () => {
    const { is, atLeast = 0, atMost = Infinity } = expectation;
    return typeof is === 'number' ? count === is : count >= atLeast && count <= atMost;
  };
  const passes = (): boolean => {
    switch (expect) {
      case 'becomes':
      case 'error':
      case 'status':
        return matched > 0;
      case 'always':
        return count > 0 && brokenAt === undefined;
      case 'never':
      case 'nothing':
        return brokenAt === undefined;
      case 'last':
        return last === true;
      case 'count':
        return inRange();
    }
  };
  const difference = (): string[] => {
    const lines = seen.lines();
    const counted =
      expect === 'count' ? [`${count} ${count === 1 ? 'message' : 'messages'}${lines.length > 0 ? ':' : ''}`] : [];
    const broken = brokenAt === undefined ? [] : [`at ${showTime(brokenAt)} it did not hold`];
    const what = expect === 'error' ? 'no error' : expect === 'status' ? 'no status' : 'no message';
    const nothing = lines.length === 0 && counted.length === 0 ? [what] : [];
    return [`- ${sentence}`, ...[...broken, ...counted, ...nothing, ...lines].map((line) => `+ ${line}`)];
  };

  return {
    message(message, moment) {
      if (expect === 'status' || expect === 'error') return;
      const value = readProperty(message, property);
      take(comparison ? comparison.matches(value) : value !== undefined, moment, () =>
        value === undefined ? `no ${property}; the message has ${Object.keys(message).join(', ')}` : showValue(value),
      );
    },
    status(text, moment) {
      if (expect === 'status') take(comparison?.matches(text) ?? text !== '', moment, () => showValue(text));
    },
    error(reported, message, moment) {
      if (expect !== 'error') return false;
      const about = (code === undefined || code === reported) && (comparison?.matches(message) ?? true);
      take(about, moment, () => `${reported}: ${message}`);
      return about && inSpan(moment);
    },
    verdict() {
      const passed = passes();
      const met =
        passed && metAt !== undefined && ['becomes', 'error', 'status', 'last'].includes(expect) ? { metAt } : {};
      return { expectation: sentence, passed, ...met, ...(!passed && { difference: difference() }) };
    },
  };
}
