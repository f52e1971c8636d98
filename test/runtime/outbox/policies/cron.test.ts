import { describe, expect, it } from 'vitest';
import { checkTarget } from '../../../../runtime/outbox/check-target.ts';
import { cronFault } from '../../../../runtime/outbox/policies/cron.ts';

describe('the text of a schedule', () => {
  it('has five fields and names a time that will come', () => {
    expect(cronFault('0 2 * * *')).toBeUndefined();
    expect(cronFault('*/15 22-23,0-5 * * MON-FRI')).toBeUndefined();
    expect(cronFault('at night')).toContain('five fields');
    expect(cronFault('0 0 2 * * *')).toContain('five fields');
    expect(cronFault('61 * * * *')).toContain('61');
    expect(cronFault('0 2 30 2 *')).toBe('it names no time that will come');
  });

  it('is looked at when the target is, but only where it counts', () => {
    const sending = { when: 'schedule', cron: '0 2 30 2 *' } as const;
    expect(() => checkTarget({ type: 'built-in', sending })).toThrow(/sending.cron "0 2 30 2 \*"/);
    expect(() => checkTarget({ type: 'built-in', sending: { ...sending, when: 'batch' } })).not.toThrow();
    expect(() => checkTarget({ type: 'built-in', sending: { ...sending, cron: 'tonight' } })).toThrow(/tonight/);
    expect(() => checkTarget({ type: 'built-in', sending: { messages: 0 } })).toThrow(/sending.messages "0"/);
  });
});
