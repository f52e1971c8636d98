import type { ChannelStep } from './types.ts';

/** A step behind one that makes several summaries of a channel: each summary is a stream of its own. */
export function bySummary(make: () => ChannelStep): ChannelStep {
  const streams = new Map<string | undefined, ChannelStep>();
  const any = make();
  const streamOf = (summary: string | undefined): ChannelStep => {
    const known = streams.get(summary);
    if (known) return known;
    const made = make();
    streams.set(summary, made);
    return made;
  };
  return {
    take: (point, pass) => streamOf(point.summary).take(point, pass),
    flush: (pass) => streams.forEach((step) => step.flush?.(pass)),
    get held() {
      let held = 0;
      for (const step of streams.values()) held += step.held ?? 0;
      return held;
    },
    ...(any.check && { check: (origin) => any.check?.(origin) }),
  };
}
