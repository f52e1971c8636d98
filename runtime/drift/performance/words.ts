const percent = (share: number) => `${Number((100 * share).toPrecision(3))} %`;
const amount = (value: number) => String(Number(value.toPrecision(3)));

/** What is said of each course, for a person. */
export const WORDS = {
  measured: (is: number, was: number, of: number) =>
    `${percent(1 - is)} of the newest ${of} answers whose truth is known were right; it was ${percent(1 - was)}`,
  sizes: (is: number, was: number, of: number) =>
    `the newest ${of} answers whose truth is known were ${amount(is)} off on average; it was ${amount(was)}`,
  estimated: (is: number, was: number, of: number) =>
    `by its own confidence, ${percent(1 - is)} of the newest ${of} answers are right; it was ${percent(1 - was)}`,
};
