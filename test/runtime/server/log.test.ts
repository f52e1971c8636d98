import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../runtime/base/index.ts';
import { createLog } from '../../../runtime/server/index.ts';
import { errors } from '../../../runtime/server/errors.ts';

describe('the log', () => {
  it('tells an error with code, value and hint', () => {
    const lines: string[] = [];
    const log = createLog({ clock: systemClock, write: (line) => lines.push(line) });
    log.report('error', errors.PORT_IN_USE({ host: '127.0.0.1', port: 1880, free: 1881 }));
    expect(lines.join('\n')).toMatch(/error PORT_IN_USE: port 1880 on 127\.0\.0\.1.*\n.*--port 1881/);
  });

  it('counts what repeats within a minute, and says so with the next', () => {
    const lines: string[] = [];
    let now = 0;
    const clock = { ...systemClock, monotonic: () => now };
    const log = createLog({ clock, write: (line) => lines.push(line) });
    for (let i = 0; i < 1000; i++) log.warn('again');
    expect(lines).toHaveLength(1);
    now = 61_000;
    log.warn('again');
    expect(lines[1]).toContain('999 more');
  });
});
