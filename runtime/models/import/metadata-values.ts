/**
 * A list of names in a text of a model's metadata: JSON, Python's own way to write a list or a dict by number, or with
 * commas between.
 *
 * @returns nothing where the text is none of these
 *
 * @example
 * parseNames("{0: 'well', 1: 'worn'}"); // ['well', 'worn']
 * parseNames('well, worn'); // ['well', 'worn']
 */
export function parseNames(text: string): string[] | undefined {
  const trimmed = text.trim();
  const names = fromJson(trimmed) ?? fromPython(trimmed) ?? fromCommas(trimmed);
  return names && names.length > 0 ? names : undefined;
}

function fromJson(text: string): string[] | undefined {
  try {
    return namesOf(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** A list, or an object from number to name (or, as Keras writes it, from name to number). */
function namesOf(value: unknown): string[] | undefined {
  if (Array.isArray(value)) {
    return value.every((each) => typeof each === 'string' || typeof each === 'number') ? value.map(String) : undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const entries = Object.entries(value);
  const byNumber = entries.every(([key]) => /^\d+$/.test(key));
  const pairs = byNumber
    ? entries.map(([key, name]) => [Number(key), name] as const)
    : entries.map(([name, index]) => [index, name] as const);
  const inOrder = pairs.sort(([a], [b]) => Number(a) - Number(b));
  const complete = inOrder.every(([index, name], i) => index === i && typeof name === 'string');
  return complete ? inOrder.map(([, name]) => String(name)) : undefined;
}

const QUOTED = /'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"/g;

function fromPython(text: string): string[] | undefined {
  if (!/^[[({].*[\])}]$/s.test(text)) return undefined;
  const json = text
    .slice(1, -1)
    .replace(QUOTED, (_, single?: string, double?: string) =>
      JSON.stringify((single ?? double ?? '').replace(/\\(.)/g, '$1')),
    )
    .replace(/,\s*$/, '');
  if (!text.startsWith('{')) return fromJson(`[${json}]`);
  return fromJson(`{${json.replace(/(^|,\s*)(\d+)\s*:/g, '$1"$2":')}}`);
}

const fromCommas = (text: string): string[] | undefined =>
  /^[^{}[\]:"]+$/.test(text) && text.includes(',') ? text.split(',').map((name) => name.trim()) : undefined;
