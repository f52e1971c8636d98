/** More of a value than anybody reads in a line. */
const LONGEST = 80;

/** Settings by these names may hold what is nobody's business, wherever somebody has put it. */
const SECRET = /passw|passphrase|secret|token|api[-_]?key|credential|private[-_]?key|authorization/i;

/** Whether the values of a setting of this name are left out of words. */
export const isSecretName = (name: string): boolean => SECRET.test(name);

/** A value in a line, not too long. @param nameOf what a text that is the id of a node stands for */
export function showValue(value: unknown, nameOf: (id: string) => string | undefined = () => undefined): string {
  if (value === undefined) return 'nothing';
  const named = typeof value === 'string' ? nameOf(value) : undefined;
  const text = named ?? JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
