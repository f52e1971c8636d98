/** A process's metrics as a person reads them, from the text that Prometheus reads. */

export interface MetricRow {
  readonly name: string;
  /** What it counts, in words. */
  readonly what: string;
  /** What it belongs to: a destination, a kind of refusal. */
  readonly of: string;
  readonly value: string;
}

/**
 * One row a series, in the order of the text.
 *
 * @param text in the text format of Prometheus, version 0.0.4
 * @see https://prometheus.io/docs/instrumenting/exposition_formats/
 */
export function metricRows(text: string): MetricRow[] {
  const words = new Map<string, string>();
  const rows: MetricRow[] = [];
  for (const line of text.split('\n')) {
    const help = /^# HELP (\S+) (.*)$/.exec(line);
    if (help) words.set(help[1] ?? '', (help[2] ?? '').replaceAll('\\n', ' ').replaceAll('\\\\', '\\'));
    const series = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)/.exec(line);
    if (!series) continue;
    const [, name = '', labels = '', value = ''] = series;
    rows.push({ name, what: words.get(name) ?? name, of: labelValues(labels), value: figure(value) });
  }
  return rows;
}

const labelValues = (labels: string) =>
  [...labels.matchAll(/="((?:[^"\\]|\\.)*)"/g)].map(([, value = '']) => value.replace(/\\(.)/g, '$1')).join(', ');

function figure(value: string): string {
  const number = Number(value);
  return Number.isFinite(number) ? number.toLocaleString('en', { maximumFractionDigits: 3 }) : value;
}
