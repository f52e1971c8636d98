import { describe, expect, it } from 'vitest';
import { reportOf } from '../../../../runtime/drift/report/report.ts';
import { sheetOf } from '../../../../runtime/drift/report/sheet.ts';
import { timesIn } from '../../../../runtime/drift/report/times.ts';
import { eventWords, featureWords, ordered, promiseWords, verdictOf } from '../../../../runtime/drift/report/words.ts';
import { driftSheet } from '../../../../runtime/messages/index.ts';
import { event, HOUR, NOON, past, picture, pressure, stuck, temperature } from './samples.ts';

const times = timesIn('UTC');
const calm = { ...picture, state: 'calm' as const, features: [pressure] };

describe('the sentence that is read first', () => {
  it('says which feature moved, by how much, since when and how sure that is', () => {
    const { look, headline, words } = verdictOf(picture, times);
    expect(look).toBe('drifting');
    expect(headline).toBe('Mean temperature is 9.8 higher (3.1 standard deviations), since 12:00 (2 h).');
    expect(words).toEqual(['In healthy data at most one window in 40,000 lies this far out.']);
    expect(verdictOf(picture, times, NOON + 24 * HOUR).headline).toContain('since 21 Nov 2026, 12:00 (26 h)');
  });

  it('says how long and how sure once, where a feature says it of itself', () => {
    const own = 'temperature varies 3 times as much as usual';
    const { headline, words } = verdictOf({ ...picture, features: [{ ...temperature, words: own }] }, times);
    expect(headline).toBe('Temperature varies 3 times as much as usual, since 12:00 (2 h).');
    expect(words).toEqual(['In healthy data at most one window in 40,000 lies this far out.']);
  });

  it('says that nothing moved, that it learns, and that a sensor is broken', () => {
    expect(verdictOf(calm, times)).toMatchObject({ look: 'calm', headline: 'No drift.' });
    const learning = { ...calm, state: 'learning' as const, samples: 312, window: 1000, features: [] };
    expect(verdictOf(learning, times).headline).toBe('Learning what is normal: 312 of 1,000 rows.');
    const broken = verdictOf({ ...calm, features: [stuck, pressure] }, times);
    expect(broken).toMatchObject({ look: 'fault', headline: 'Flow has been 21.5 for 40 s.' });
    expect(broken.words[0]).toContain('not drift');
  });

  it('names the others that moved, and counts them where they are many', () => {
    const many = (count: number) =>
      verdictOf(
        { ...picture, features: Array.from({ length: count }, (_, i) => ({ ...temperature, name: `f_${i}` })) },
        times,
      ).words.at(-1);
    expect(many(2)).toBe('F 1 has moved, too.');
    expect(many(4)).toBe('F 1, f 2 and f 3 have moved, too.');
    expect(many(300)).toBe('f 1, f 2, f 3, f 4 and 295 more have moved, too.');
  });

  it('takes the words that a feature has of its own', () => {
    expect(featureWords({ ...temperature, words: 'it is warmer' })).toBe('it is warmer');
    const spread = { ...temperature, moved: { from: 21, to: 21, deviations: 0 } };
    expect(featureWords(spread)).toContain('spread differently');
    expect(eventWords(event(NOON, 'end'))).toBe('All is as before.');
  });

  it('says what is promised, and what it lacks for what was asked', () => {
    expect(promiseWords(picture)).toEqual([
      'One false alarm a day (asked for: one a month).',
      'The reference has 2,000 rows and needs 40,000 for what was asked.',
    ]);
    expect(promiseWords({ ...picture, promise: undefined })).toEqual([]);
  });

  it('names what moved before saying that something did', () => {
    const words = 'the features no longer go together as in the reference';
    const all = { ...temperature, name: 'all together', value: 9, words };
    expect(ordered([all, pressure, temperature]).map(({ name }) => name)).toEqual([
      ...['mean_temperature', 'all together', 'pressure'],
    ]);
    expect(verdictOf({ ...picture, features: [all] }, times).headline).toBe(
      'The features no longer go together as in the reference, since 12:00 (2 h).',
    );
  });

  it('puts those that drift first, and leaves none out for a threshold of nothing', () => {
    const odd = { ...pressure, name: 'odd', value: NaN, threshold: 0 };
    expect(ordered([odd, pressure, { ...temperature, value: 1.1 }, { ...pressure, value: 9 }])).toHaveLength(4);
    expect(ordered([odd, pressure, temperature])[0]?.name).toBe('mean_temperature');
  });
});

describe('the sheet', () => {
  const options = { span: 'day' as const, zone: 'UTC', width: 320, shown: 2 };

  it('holds what the sidebar shows, as its contract says', () => {
    const sheet = sheetOf(picture, past, options);
    expect(driftSheet.parse(JSON.parse(JSON.stringify(sheet)))).toEqual(sheet);
    expect(sheet.features.map(({ name, svg }) => [name, svg?.startsWith('<svg')])).toEqual([
      ['mean_temperature', true],
      ['label', true],
    ]);
    expect(sheet.more).toBe(1);
    expect(sheet.course?.name).toBe('mean_temperature');
    expect(sheet.events[0]).toMatchObject({ when: '12:00', state: 'start' });
    expect(sheet.counts).toEqual([{ what: 'missing values', count: 31 }]);
  });

  it('draws the feature that is chosen, and another where there is no course of it', () => {
    expect(sheetOf(picture, past, { ...options, feature: 'pressure', kind: 'data' }).course?.name).toBe('pressure');
    expect(sheetOf(picture, past, { ...options, feature: 'gone' }).course?.name).toBe('mean_temperature');
    expect(sheetOf(picture, { ...past, courses: [] }, options).course).toBeUndefined();
  });
});

describe('the page to print', () => {
  const page = (...streams: Parameters<typeof reportOf>[0]) =>
    reportOf(streams, { times, now: NOON + HOUR, span: 'all' });

  it('says who, when and what in words, draws it, and needs neither network nor script', () => {
    const html = page({ picture, past });
    for (const words of [
      ...['<!doctype html>', '<title>Drift report: pump</title>', '21 Nov 2026, 15:00 (UTC)', 'pump-health 1.0.0'],
      ...['Mean temperature is 9.8 higher', 'one false alarm a day', 'needs 40,000', 'serial: it never changes'],
      ...['missing values: 31', '91 % right of the newest 212 answers', '88 % right by its own confidence'],
    ]) {
      expect(html.toLowerCase()).toContain(words.toLowerCase());
    }
    expect(html.match(/<svg class="millrace-shape"/g)).toHaveLength(3);
    expect(html.match(/<svg class="millrace-course"/g)).toHaveLength(2);
    expect(html).not.toMatch(/<script|https?:|<link|@import|url\(|NaN|undefined/);
    expect(html).toContain('default-src &#39;none&#39;');
    expect(html).toContain('@media print');
  });

  it('draws the furthest of 300 features, and lists all', () => {
    const features = Array.from({ length: 300 }, (_, i) => ({ ...temperature, name: `feature_${i}` }));
    const html = page({ picture: { ...picture, features }, past });
    expect(html.match(/<svg class="millrace-shape"/g)).toHaveLength(48);
    expect(html).toContain('<td>feature 299</td>');
    expect(html).toContain('252 further features in the table');
  });

  it('leads to each of several streams, and says so where there is none', () => {
    const html = page(
      { picture, past },
      { picture: { ...calm, name: 'mill' }, past: { ...past, courses: [], events: [] } },
    );
    expect(html).toContain('<a href="#stream-2">mill</a>: No drift.');
    expect(html).toContain('No alarm.');
    expect(page()).toContain('Nothing is watched');
  });

  it('keeps what a name holds from becoming markup', () => {
    const name = '</style><script>alert(1)</script>';
    const bad = {
      ...picture,
      name,
      node: name,
      features: [{ ...temperature, name }],
      leftOut: [{ name, reason: name }],
    };
    const html = page({ picture: bad, past: { ...past, events: [event(NOON, 'start', [{ ...temperature, name }])] } });
    expect(html).not.toContain('<script');
    expect(html.match(/<\/style>/g)).toHaveLength(1);
  });
});
