/** More of a value than anybody reads in a line. */
const LONGEST = 80;

/** A value in a line, not too long. @param nameOf what a text that is the id of a node stands for */
export function showValue(value: unknown, nameOf: (id: string) => string | undefined = () => undefined): string {
  if (value === undefined) return 'nothing';
  const named = typeof value === 'string' ? nameOf(value) : undefined;
  const text = named ?? JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
