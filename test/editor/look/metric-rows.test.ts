import { describe, expect, it } from 'vitest';
import { counter, gauge, metricsText } from '../../../runtime/base/index.ts';
import { metricRows } from '../../../editor/look/metric-rows.ts';

describe('metrics, as a person reads them', () => {
  it('are one row a series, in words, with what each belongs to', () => {
    counter('test_read_total', 'Letters read').add(12_345);
    const waiting = gauge('test_waiting', 'Letters that wait');
    waiting.set(2.5, { target: 'the "cloud"\\shed', lane: 'fast' });
    waiting.set(0, { target: 'shed' });
    const rows = metricRows(metricsText()).filter(({ name }) => name.startsWith('test_'));
    expect(rows).toEqual([
      { name: 'test_read_total', what: 'Letters read', of: '', value: '12,345' },
      { name: 'test_waiting', what: 'Letters that wait', of: 'fast, the "cloud"\\shed', value: '2.5' },
      { name: 'test_waiting', what: 'Letters that wait', of: 'shed', value: '0' },
    ]);
  });

  it('are none where nothing was counted', () => {
    expect(metricRows('')).toEqual([]);
    expect(metricRows('# TYPE nothing counter\n')).toEqual([]);
  });
});
