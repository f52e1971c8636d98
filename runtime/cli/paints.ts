type Paint = (text: string) => string;

/** Colours of a terminal, by what they mean. */
export interface Paints {
  readonly good: Paint;
  readonly bad: Paint;
  readonly doubtful: Paint;
  readonly faint: Paint;
  readonly strong: Paint;
}

const same: Paint = (text) => text;
const PLAIN: Paints = { good: same, bad: same, doubtful: same, faint: same, strong: same };
const between =
  (code: number): Paint =>
  (text) =>
    `\u001B[${code}m${text}\u001B[0m`;
const COLOURS: Paints = {
  good: between(32),
  bad: between(31),
  doubtful: between(33),
  faint: between(2),
  strong: between(1),
};

export const paints = (colour: boolean): Paints => (colour ? COLOURS : PLAIN);
