import type { Lane, Sending } from '../schema.ts';
import { createBandwidth } from './bandwidth.ts';
import { batchGate, eachGate, type Gate, isHold } from './gate.ts';
import { createHourBudget, type HourBudget, worthwhile } from './hour-budget.ts';
import { createLaneShares } from './lane-shares.ts';
import { scheduleGate } from './schedule.ts';
import type { Hold, Policy, Share, Verdict, Waiting } from './types.ts';

interface PolicyOptions {
  readonly sending: Sending;
  readonly clock: { now(): number; monotonic(): number };
  /** Of the schedule; default: the machine's own. */
  readonly timezone?: string;
  /** What was spent of the hour before the settings changed. */
  readonly budget?: HourBudget;
}

const sooner = (a: Hold | undefined, b: Hold): Hold => (a && a.at <= b.at ? a : b);

/**
 * Alarms first: neither a batch nor the schedule nor the hour's budget holds them back, and of the bandwidth they have the
 * first share. What else may go shares the wire by weight, within the budget and the bandwidth that alarms have left.
 */
export function createPolicy({ sending, clock, timezone, ...options }: PolicyOptions): Policy {
  const gate = gateOf(sending, clock, timezone);
  const budget = options.budget ?? createHourBudget(sending.bytesPerHour, clock);
  const alarms = createBandwidth(sending.bytesPerSecond, clock);
  const bandwidth = createBandwidth(sending.bytesPerSecond, clock);
  const shares = createLaneShares();

  const holdUntil = (at: number, reason: Hold['reason']): Hold => ({
    at,
    reason,
    until: clock.now() + at - clock.monotonic(),
  });

  /** What the link allows of what the gate lets through. */
  const admit = (waiting: Waiting): Share | Hold => {
    const share = gate.admit(waiting);
    if (isHold(share)) return share;
    const now = clock.monotonic();
    if (bandwidth.opens > now) return holdUntil(bandwidth.opens, 'bandwidth');
    const least = Math.max(waiting.first, worthwhile(sending.bytesPerHour, Math.min(waiting.bytes, share.bytes)));
    const opens = budget.opens(least);
    if (opens > now) return holdUntil(opens, 'budget');
    // A batch stays whole; what comes one by one is not sent in gulps.
    const open = sending.when === 'each' ? bandwidth.open : Infinity;
    return { messages: share.messages, bytes: Math.min(share.bytes, budget.left, open) };
  };

  const nextAlarm = (): Verdict =>
    alarms.opens > clock.monotonic()
      ? holdUntil(alarms.opens, 'bandwidth')
      : { send: { messages: Infinity, bytes: alarms.open } };

  return {
    next(lanes) {
      gate.look?.(lanes);
      const waiting = lanes.filter(({ messages, blocked = false }) => messages > 0 && !blocked);
      if (waiting.some(({ lane }) => lane === 'alarm')) return { lane: 'alarm', verdict: nextAlarm() };
      const open = new Map<Lane, Share>();
      let held: { lane: Lane; verdict: Hold } | undefined;
      for (const one of waiting) {
        const answer = admit(one);
        if (!isHold(answer)) open.set(one.lane, answer);
        else if (sooner(held?.verdict, answer) === answer) held = { lane: one.lane, verdict: answer };
      }
      if (open.size === 0) return held;
      const lane = shares.next([...open.keys()]);
      return { lane, verdict: { send: open.get(lane) ?? { messages: 1, bytes: 1 } } };
    },
    spent(lane, bytes) {
      if (lane === 'alarm') alarms.spent(bytes);
      else shares.spent(lane, bytes);
      bandwidth.spent(bytes);
      budget.spent(bytes);
    },
  };
}

function gateOf(sending: Sending, clock: PolicyOptions['clock'], timezone: string | undefined): Gate {
  switch (sending.when) {
    case 'each':
      return eachGate;
    case 'batch':
      return batchGate(sending, clock);
    case 'schedule':
      return scheduleGate(sending, clock, timezone);
  }
}
