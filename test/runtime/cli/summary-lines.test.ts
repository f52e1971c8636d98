import { describe, expect, it } from 'vitest';
import type { Summary } from '../../../runtime/server/index.ts';
import { summaryLines } from '../../../runtime/cli/summary-lines.ts';

const summary: Summary = {
  version: '0.1.0',
  url: 'http://127.0.0.1:1880/',
  headless: false,
  userDir: '/var/lib/millrace',
  flow: { file: '/var/lib/millrace/flows/pump.json', fresh: true, tabs: ['Pump'], nodes: 17 },
  uses: [
    { what: 'board', text: 'virtual pump' },
    { what: 'target', text: 'cloud' },
  ],
  metrics: { url: 'http://127.0.0.1:1880/metrics', tokenFile: '/var/lib/millrace/keys/metrics-token' },
  protection: 'loopback only',
};

describe('what start prints', () => {
  it('is the address and what runs, a tidy line each', () => {
    const text = summaryLines(summary).join('\n');
    expect(text).toContain('editor   http://127.0.0.1:1880/');
    expect(text).toMatch(/flow +Pump \(17 nodes\)/);
    expect(text).toMatch(/board +virtual pump\n +target +cloud/);
    expect(text).toMatch(/this machine only/);
    expect(summaryLines(summary).length).toBeLessThan(14);
  });

  it('names no editor where there is none', () => {
    const text = summaryLines({ ...summary, headless: true }).join('\n');
    expect(text).not.toMatch(/^ +editor/m);
    expect(text).toContain('http://127.0.0.1:1880/metrics');
  });
});
