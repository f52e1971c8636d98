/**
 * Finds a label by what the model calls it: its text, its value as a number (scikit-learn's classes may be 1, 2, 5), or
 * else its place in the list.
 *
 * @param places a number is a place and never a value: 1 is the second of the labels 1, 2, 3
 */
export function labelIndex(labels: readonly string[], places = false): (label: string | number) => number | undefined {
  const byText = new Map(labels.map((label, i) => [label, i]));
  const byValue = new Map<number, number>();
  if (!places) {
    for (const [i, label] of labels.entries()) if (String(Number(label)) === label) byValue.set(Number(label), i);
  }
  return (label) => {
    if (typeof label === 'string') return byText.get(label);
    const found = byValue.get(label);
    if (found !== undefined) return found;
    return Number.isInteger(label) && label >= 0 && label < labels.length ? label : undefined;
  };
}
