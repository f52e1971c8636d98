/** What somebody typed into a field of a number, a duration or a share. */

/** NaN, which no test may hold, of what is no number. Empty: not said. */
export const parseNumber = (text: string): number | undefined => {
  const plain = text.trim().replace('−', '-').replace(',', '.');
  return plain === '' ? undefined : Number(plain);
};
export const showNumber = (value: number | undefined): string =>
  value === undefined || Number.isNaN(value) ? '' : String(value);

/** A duration, or a share such as `1 %`: a number where it is only that. Empty: not said. */
export function parseAmount(text: string): number | string | undefined {
  const plain = text.trim();
  if (plain === '') return undefined;
  return /^\d+(\.\d+)?$/.test(plain) ? Number(plain) : plain;
}
export const showAmount = (value: number | string | undefined): string => String(value ?? '');
/** A bare number means seconds. */
export const showDuration = (value: number | string | undefined): string =>
  typeof value === 'number' ? `${value} s` : (value ?? '');
