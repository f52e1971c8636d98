/**
 * Drift without drift, and drift that is there: false alarms against what was asked for, how long a change takes to be found,
 * and the textbook's thresholds in the same run. `MILLRACE_BENCH=small` takes a tenth of the references.
 */
import { type Aim, report, type Row } from '../support/report.ts';
import { CHANGES, type Delay, delays } from './delay.ts';
import { type FalseAlarms, falseAlarms } from './false-alarms.ts';
import { speed } from './speed.ts';
import { HARDER, STREAMS } from './streams.ts';

const SMALL = process.env['MILLRACE_BENCH'] === 'small';
const REFERENCES = SMALL ? 20 : 200;
const SHORT = [10_000, 2000, 1000];
/** Times the wish, of these streams. */
const ALLOWED: Readonly<Record<string, number>> = { 'AR(.97)': 5, seasonal: 5 };

export async function run(): Promise<void> {
  const aims: Aim[] = [];
  const alarms: FalseAlarms[] = [];
  for (const kind of STREAMS) {
    for (const rows of SHORT) alarms.push(falseAlarms(kind, rows, REFERENCES, rows === SHORT[0]));
    console.log(`${kind.name}: false alarms measured`);
  }
  const harder = HARDER.map((kind) => falseAlarms(kind, 2000, REFERENCES / 2, false));
  for (const { stream, rows, measured, promised } of alarms) {
    const asked = rows === SHORT[0] ? 1 : promised;
    aims.push({
      ...{ name: `false alarms on ${stream}, ${rows} rows of reference`, value: measured / asked, op: '<=' },
      ...{ unit: rows === SHORT[0] ? '× the wish' : '× the promise', target: ALLOWED[stream] ?? 2 },
    });
  }
  const found = STREAMS.flatMap((kind) => delays(kind, 10_000, SMALL ? 3 : 10));
  const delayOf = (stream: string) =>
    found.find((each) => each.stream === stream && each.change === 'shift 1σ')?.median ?? NaN;
  for (const [stream, target] of [
    ['i.i.d.', 2],
    ['AR(.9)', 4],
  ] as const) {
    aims.push({
      name: `a shift of 1σ of one feature, ${stream}`,
      value: delayOf(stream),
      unit: 'windows, median',
      op: '<=',
      target,
    });
  }
  const { millionValuesPerSecond, stateMegabytes } = speed();
  aims.push({
    name: 'feature values on one core',
    value: millionValuesPerSecond,
    unit: 'million/s',
    op: '>=',
    target: 5,
  });
  aims.push({ name: 'state of 100 features', value: stateMegabytes, unit: 'MB', op: '<=', target: 1 });
  const tables = { 'false alarms': [...alarms, ...harder].map(alarmRow), 'windows until found': delayRows(found) };
  for (const rows of Object.values(tables)) console.log(`\n${markdown(rows)}`);
  await report('drift', tables, aims);
}

const round = (value: number) => (Number.isFinite(value) ? Number(value.toPrecision(3)) : '–');

function alarmRow({ stream, rows, measured, promised, textbook }: FalseAlarms): Row {
  const others = Object.entries(textbook).map(([name, value]) => [name, `${Math.round(100 * value)} %`] as const);
  return {
    stream,
    'rows of reference': rows,
    promised: round(promised),
    measured: round(measured),
    ...(Object.fromEntries(others) as Record<string, string>),
  };
}

/** A row a change, a column a stream: the median, and the share that was found where it is not all. */
function delayRows(found: readonly Delay[]): Row[] {
  return CHANGES.map(({ name }) => {
    const cells = found
      .filter((each) => each.change === name)
      .map(({ stream, median, power }) => [
        stream,
        power === 1 ? round(median) : `${round(median)} (${Math.round(100 * power)} %)`,
      ]);
    return { change: name, ...Object.fromEntries(cells) } as Row;
  });
}

function markdown(rows: readonly Row[]): string {
  const columns = Object.keys(rows[0] ?? {});
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
  return [
    line(columns),
    line(columns.map(() => '---')),
    ...rows.map((row) => line(columns.map((name) => row[name] ?? ''))),
  ].join('\n');
}
