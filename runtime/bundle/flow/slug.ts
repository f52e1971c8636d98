/**
 * Names for files that every file system takes, one for each label, in their order.
 *
 * @param taken names that are not free
 *
 * @example
 * slugs(['Pump 1', 'pump-1', 'Ölpumpe', '水']); // ['pump-1', 'pump-1-2', 'olpumpe', 'tab']
 */
export function slugs(labels: readonly string[], taken: readonly string[] = []): string[] {
  const used = new Set(taken);
  return labels.map((label) => {
    const short = slug(label) || 'tab';
    // Windows' own names of devices are no names for files there.
    const plain = /^(con|prn|aux|nul|com\d|lpt\d)$/.test(short) ? `${short}-tab` : short;
    let name = plain;
    for (let turn = 2; used.has(name); turn++) name = `${plain}-${turn}`;
    used.add(name);
    return name;
  });
}

/** Lower-case letters and digits, with dashes between; may be empty. */
export const slug = (label: string): string =>
  label
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/^-+|-+$/g, '');
