/**
 * The metrics registry, in the Prometheus text format (version 0.0.4). Every room registers its own; the server serves.
 *
 * @see https://prometheus.io/docs/instrumenting/exposition_formats/
 */
export type Labels = Readonly<Record<string, string>>;

export interface Counter {
  add(amount?: number, labels?: Labels): void;
  /** The count under these labels, 0 if nothing was added. */
  value(labels?: Labels): number;
  /** Under all labels together. */
  total(): number;
}

export interface Gauge {
  set(value: number, labels?: Labels): void;
  value(labels?: Labels): number;
  /** What these labels stood for is gone: it is served no more. */
  remove(labels?: Labels): void;
}

interface Metric {
  readonly type: 'counter' | 'gauge';
  readonly help: string;
  readonly series: Map<string, number>;
}

const registry = new Map<string, Metric>();

function metric(name: string, help: string, type: Metric['type']): Metric {
  const existing = registry.get(name);
  if (existing) return existing;
  const created: Metric = { type, help, series: new Map() };
  registry.set(name, created);
  return created;
}

const escape = (value: string) => value.replace(/[\\"\n]/g, (c) => (c === '\n' ? '\\n' : `\\${c}`));

function seriesKey(labels: Labels | undefined): string {
  if (!labels) return '';
  const pairs = Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1));
  return pairs.length === 0 ? '' : `{${pairs.map(([name, value]) => `${name}="${escape(value)}"`).join(',')}}`;
}

/** A count that only grows. The same name gives the same counter. */
export function counter(name: string, help: string): Counter {
  const { series } = metric(name, help, 'counter');
  return {
    add(amount = 1, labels) {
      const key = seriesKey(labels);
      series.set(key, (series.get(key) ?? 0) + amount);
    },
    value: (labels) => series.get(seriesKey(labels)) ?? 0,
    total: () => [...series.values()].reduce((sum, value) => sum + value, 0),
  };
}

/** A value that goes up and down. The same name gives the same gauge. */
export function gauge(name: string, help: string): Gauge {
  const { series } = metric(name, help, 'gauge');
  return {
    set: (value, labels) => void series.set(seriesKey(labels), value),
    value: (labels) => series.get(seriesKey(labels)) ?? 0,
    remove: (labels) => void series.delete(seriesKey(labels)),
  };
}

const readings = new Set<() => void>();

/**
 * Has `read` set its gauges whenever the metrics are looked at: for what changes by itself, as an age does, or so often that
 * keeping a gauge up to date would cost more than it tells. @returns a function that ends it
 */
export function onScrape(read: () => void): () => void {
  readings.add(read);
  return () => void readings.delete(read);
}

/** Everything registered, as Prometheus text. */
export function metricsText(): string {
  for (const read of readings) read();
  const lines: string[] = [];
  for (const [name, { type, help, series }] of registry) {
    lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`);
    for (const [labels, value] of series) lines.push(`${name}${labels} ${value}`);
  }
  return `${lines.join('\n')}\n`;
}
