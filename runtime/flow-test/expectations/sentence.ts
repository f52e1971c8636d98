import { type Expectation, milliseconds } from '../../messages/index.ts';
import { comparisonOf } from './comparison.ts';
import { showTime } from './show-value.ts';

/**
 * An expectation as a person says it.
 *
 * @param label what the node is called
 */
export function sentenceOf(expectation: Expectation, label: string): string {
  const { output, input } = expectation;
  const place = input ? ' (input)' : output > 1 ? ` (output ${output})` : '';
  return `${label}${place}: ${whatOf(expectation)}${spanOf(expectation)}`;
}

function whatOf(expectation: Expectation): string {
  const { property, input, code } = expectation;
  const words = comparisonOf(expectation)?.words ?? 'there';
  switch (expectation.expect) {
    case 'becomes':
      return `${property} becomes ${words}`;
    case 'always':
      return `${property} is always ${words}`;
    case 'never':
      return `${property} is never ${words}`;
    case 'last':
      return `${property} is ${words} in the last message`;
    case 'nothing':
      return input ? 'receives nothing' : 'sends nothing';
    case 'count':
      return `${input ? 'receives' : 'sends'} ${countOf(expectation)}`;
    case 'error':
      return ['reports an error', code, comparisonOf(expectation)?.words].filter(Boolean).join(' ');
    case 'status':
      return `status becomes ${words}`;
  }
}

function countOf({ is, atLeast, atMost }: Expectation): string {
  const messages = (count: unknown) => `${String(count)} ${count === 1 ? 'message' : 'messages'}`;
  if (is !== undefined) return messages(is);
  if (atLeast !== undefined && atMost !== undefined)
    return atLeast === atMost ? messages(atLeast) : `${atLeast} to ${messages(atMost)}`;
  return atLeast !== undefined ? `at least ${messages(atLeast)}` : `at most ${messages(atMost)}`;
}

function spanOf({ from, within, bySample }: Expectation): string {
  const since = from === undefined ? '' : ` from ${showTime(milliseconds(from))} on`;
  if (bySample !== undefined) return `${since} by sample ${bySample}`;
  return within === undefined ? since : `${since} within ${showTime(milliseconds(within))}`;
}
