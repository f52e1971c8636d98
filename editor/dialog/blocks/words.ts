import type { DialogForm } from '../dialog.ts';

/** The words for blocks and their parameters, from the node's locale.json; what has none shows its own name. */
export interface BlockWords {
  /** Of a kind of block: `low-pass, high-pass`. */
  name(type: string): string;
  /** When to use it, in a sentence. */
  about(type: string): string | undefined;
  /** `summary.TYPE` of the locale, filled in. */
  summary(type: string, values: Readonly<Record<string, string>>): string | undefined;
  parameter(type: string, key: string): string;
  /** Of one value of a choice. */
  choice(key: string, value: string): string;
}

export function blockWords(form: DialogForm): BlockWords {
  // Node-RED answers with the key where there is no string.
  const find = (key: string, values?: Readonly<Record<string, string>>) => {
    const text = form.text(key, values);
    return text.endsWith(key) ? undefined : text;
  };
  const own = (name: string) => name.replace(/[_-]+/g, ' ');
  return {
    name: (type) => find(`block.${type}`) ?? own(type),
    about: (type) => find(`about.${type}`),
    summary: (type, values) => find(`summary.${type}`, values),
    parameter: (type, key) => find(`parameter.${type}.${key}`) ?? find(`parameter.${key}`) ?? own(key),
    choice: (key, value) => find(`choice.${key}.${value}`) ?? find(`measure.${value}`) ?? own(value),
  };
}
