import type { DriftFeature, DriftHistory, DriftPicture, DriftSpan } from '../../messages/index.ts';
import { courseWords, drawCourse } from './course.ts';
import { amount, count, figure, plain } from './format.ts';
import { element, type Markup, NOTHING, text, together } from './markup.ts';
import { drawShape } from './shape.ts';
import { reachOf } from './sheet.ts';
import { STYLE } from './style.ts';
import type { Times } from './times.ts';
import {
  EVENT_WORDS,
  eventWords,
  featureWords,
  KIND_WORDS,
  overWords,
  performanceWords,
  promiseWords,
  reasonWords,
  verdictOf,
} from './words.ts';

export interface ReportedStream {
  readonly picture: DriftPicture;
  readonly past: DriftHistory;
}

export interface ReportOptions {
  readonly times: Times;
  /** When it is made, ms since the epoch. */
  readonly now: number;
  readonly span: DriftSpan;
}

/** Features whose shape is drawn, and whose course: those further out; all stand in the table. */
const SHAPES = 48;
const COURSES = 6;
const EVENTS = 200;
const WIDTH = 720;

/** Nothing is loaded and nothing runs, whatever a name may hold. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'";

/** A page that can be printed or sent: one HTML file, whole in itself, which needs neither network nor script. */
export function reportOf(streams: readonly ReportedStream[], options: ReportOptions): string {
  const { times, now } = options;
  const names = streams.map(({ picture }) => picture.name);
  const title = `Drift report${names.length === 1 ? `: ${names[0] ?? ''}` : ''}`;
  const page = element(
    'html',
    { lang: 'en' },
    element(
      'head',
      {},
      element('meta', { charset: 'utf-8' }),
      element('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
      element('meta', { 'http-equiv': 'Content-Security-Policy', content: POLICY }),
      element('title', {}, text(title)),
      element('style', {}, STYLE as Markup),
    ),
    element(
      'body',
      {},
      element('h1', {}, text('Drift report')),
      element('p', { class: 'quiet' }, text(`Made ${times.full(now)} (${times.zone}) by Millrace.`)),
      streams.length > 1 ? contents(streams, options) : NOTHING,
      streams.length === 0 ? element('p', {}, text('Nothing is watched for drift on this machine yet.')) : NOTHING,
      ...streams.map((stream, index) => section(stream, index, options)),
    ),
  );
  return `<!doctype html>\n${page}\n`;
}

const place = (index: number) => `stream-${index + 1}`;
const list = (words: readonly string[]) => element('ul', {}, ...words.map((each) => element('li', {}, text(each))));
const part = (title: string, ...content: readonly Markup[]) => together(element('h3', {}, text(title)), ...content);
const paragraphs = (words: readonly string[]) => together(...words.map((each) => element('p', {}, text(each))));
const row = (cell: 'td' | 'th', ...cells: readonly Markup[]) =>
  element('tr', {}, ...cells.map((each) => element(cell, {}, each)));

function contents(streams: readonly ReportedStream[], { times, now }: ReportOptions): Markup {
  return element(
    'ul',
    {},
    ...streams.map(({ picture }, index) =>
      element(
        'li',
        {},
        element('a', { href: `#${place(index)}` }, text(picture.name)),
        text(`: ${verdictOf(picture, times, now).headline}`),
      ),
    ),
  );
}

function section({ picture, past }: ReportedStream, index: number, options: ReportOptions): Markup {
  const { times, now } = options;
  const { node, name, model, time, window, features, leftOut, counts } = picture;
  const { look, headline, words } = verdictOf(picture, times, now);
  const faults = features.filter(({ kind }) => kind === 'fault');
  const about = [
    model && `Model ${model.name} ${model.version}.`,
    `Last comparison ${times.full(time)}, of the newest ${amount(window, 'row')}.`,
    `Node ${node}.`,
  ].filter((each) => each !== undefined);
  const performance = performanceWords(picture);
  const promise = promiseWords(picture);
  const seen = counts.filter((each) => each.count > 0);
  return element(
    'section',
    { class: 'stream', id: place(index) },
    element('h2', {}, text(name)),
    element('p', { class: 'quiet' }, text(about.join(' '))),
    element('div', { class: `verdict verdict-${look}` }, element('strong', {}, text(headline)), paragraphs(words)),
    shapes(features),
    courses(picture, past, options),
    part('What has happened', events(past, times)),
    faults.length === 0 ? NOTHING : part('Broken sensors', list(faults.map(featureWords))),
    performance.length === 0 ? NOTHING : part('How right the model is', paragraphs(performance)),
    promise.length === 0 ? NOTHING : part('What is promised', paragraphs(promise)),
    table(features),
    leftOut.length === 0
      ? NOTHING
      : part('Not watched', list(leftOut.map((each) => `${plain(each.name)}: ${reasonWords(each.reason)}`))),
    seen.length === 0
      ? NOTHING
      : part('Seen and left out', list(seen.map((each) => `${each.what}: ${count(each.count)}`))),
  );
}

function shapes(features: readonly DriftFeature[]): Markup {
  const drawn = features.filter(({ shape }) => shape !== undefined).slice(0, SHAPES);
  if (drawn.length === 0) return NOTHING;
  const rest = features.length - drawn.length;
  return part(
    'Reference and now',
    element(
      'p',
      { class: 'quiet' },
      text('Grey area: the reference. Line: now. The number is how far out, as a multiple of the threshold.'),
    ),
    element(
      'div',
      { class: 'features' },
      ...drawn.map((feature) =>
        element(
          'figure',
          { class: feature.drifting ? 'drifting' : undefined },
          element(
            'figcaption',
            {},
            element('b', {}, text(plain(feature.name))),
            text(` ${overWords(feature)}${feature.drifting ? ' drifts' : ''}`),
          ),
          drawShape(feature) ?? NOTHING,
        ),
      ),
    ),
    rest > 0
      ? element('p', { class: 'quiet' }, text(`${amount(rest, 'further feature')} in the table below.`))
      : NOTHING,
  );
}

function courses(picture: DriftPicture, past: DriftHistory, { times, span }: ReportOptions): Markup {
  const reach = reachOf(span, picture, past);
  const ordered = picture.features.flatMap((feature) =>
    past.courses.filter(({ name, kind }) => name === feature.name && kind === feature.kind).slice(0, 1),
  );
  const drifting = picture.features.filter((feature) => feature.drifting).length;
  const drawn = ordered.slice(0, Math.max(COURSES, Math.min(drifting, 4 * COURSES)));
  if (drawn.length === 0) return NOTHING;
  return part(
    'Over time',
    element(
      'p',
      { class: 'quiet' },
      text(
        'In the band below the dashed line, the threshold, all is as usual. A triangle marks the moment of an alarm; shaded is how long it lasted.',
      ),
    ),
    ...drawn.map((course) => {
      const drawing = { times, ...reach, width: WIDTH, events: past.events };
      return element(
        'figure',
        { class: 'course' },
        element(
          'figcaption',
          {},
          element('b', {}, text(plain(course.name))),
          text(` ${course.statistic} (${KIND_WORDS[course.kind]})`),
          element('br'),
          element('small', {}, text(courseWords(course, drawing))),
        ),
        drawCourse(course, drawing),
      );
    }),
  );
}

function events({ events: all }: DriftHistory, times: Times): Markup {
  const newest = all.toSorted((a, b) => b.time - a.time).slice(0, EVENTS);
  if (newest.length === 0) return element('p', {}, text('No alarm.'));
  return element(
    'table',
    {},
    element('thead', {}, row('th', text('When'), text('What'), text('In words'))),
    element(
      'tbody',
      {},
      ...newest.map((event) => {
        const { kind, state } = event.payload;
        return row(
          'td',
          text(times.full(event.time)),
          text(`${KIND_WORDS[kind]}: ${EVENT_WORDS[state]}`),
          text(eventWords(event)),
        );
      }),
    ),
  );
}

function table(features: readonly DriftFeature[]): Markup {
  if (features.length === 0) return NOTHING;
  const number = (value: string) => element('td', { class: 'number' }, text(value));
  const head = (name: string) => element('th', { class: 'number', scope: 'col' }, text(name));
  return part(
    'All features',
    element(
      'table',
      {},
      element(
        'thead',
        {},
        element(
          'tr',
          {},
          element('th', { scope: 'col' }, text('Feature')),
          element('th', { scope: 'col' }, text('Question')),
          element('th', { scope: 'col' }, text('Statistic')),
          ...['Value', 'Threshold', 'Ratio'].map(head),
          element('th', { scope: 'col' }, text('Verdict')),
        ),
      ),
      element(
        'tbody',
        {},
        ...features.map((feature) =>
          element(
            'tr',
            {},
            element('td', {}, text(plain(feature.name))),
            element('td', {}, text(KIND_WORDS[feature.kind])),
            element('td', {}, text(feature.statistic)),
            ...[figure(feature.value), figure(feature.threshold), overWords(feature)].map(number),
            element('td', {}, text(feature.drifting ? featureWords(feature) : 'as usual')),
          ),
        ),
      ),
    ),
  );
}
