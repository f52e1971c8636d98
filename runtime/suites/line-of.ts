/**
 * The line on which a value of a JSON text stands, counted from 1; that of the object or list that it is missing from.
 *
 * @param text valid JSON
 * @param path keys and indices from the outermost value
 *
 * @example
 * lineOf('{\n  "expect": [\n    { "node": 5 }\n  ]\n}', ['expect', 0, 'node']); // 3
 */
export function lineOf(text: string, path: readonly PropertyKey[]): number {
  let at = 0;
  let found = 0;

  const space = () => {
    while (/\s/.test(text[at] ?? '')) at++;
  };
  const string = (): string => {
    const begun = at++;
    while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
    return JSON.parse(text.slice(begun, ++at)) as string;
  };
  /** @param left what is left of the path; none where the value is not on it */
  const value = (left: readonly PropertyKey[] | undefined): void => {
    space();
    if (left) found = at;
    const [wanted, ...deeper] = left ?? [];
    const open = text[at];
    if (open === '"') return void string();
    if (open !== '{' && open !== '[') {
      while (at < text.length && !/[\s,\]}]/.test(text[at] ?? '')) at++;
      return;
    }
    const close = open === '{' ? '}' : ']';
    at++;
    for (let index = 0; ; index++) {
      space();
      if (text[at] === close) return void at++;
      if (text[at] === ',') at++;
      space();
      let key: PropertyKey = index;
      if (open === '{') {
        key = string();
        space();
        at++;
      }
      value(left && wanted === key ? deeper : undefined);
    }
  };
  value(path);
  return lineAt(text, found);
}

/** @param offset of a character */
export const lineAt = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;
