/**
 * Orders versions oldest first: number by number, and a pre-release (`1.0.0-rc.1`) before its release.
 *
 * @see https://semver.org/#spec-item-11; what is no semantic version is ordered part by part all the same
 */
export function compareVersions(a: string, b: string): number {
  const [coreA, preA] = split(a);
  const [coreB, preB] = split(b);
  const order = compareParts(coreA, coreB);
  if (order !== 0 || preA === preB) return order;
  if (preA === '') return 1;
  if (preB === '') return -1;
  return compareParts(preA, preB);
}

function split(version: string): [core: string, preRelease: string] {
  const [plain = ''] = version.split('+');
  const dash = plain.indexOf('-');
  return dash < 0 ? [plain, ''] : [plain.slice(0, dash), plain.slice(dash + 1)];
}

const collator = new Intl.Collator('en', { numeric: true });

function compareParts(a: string, b: string): number {
  const left = a.split('.');
  const right = b.split('.');
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const order = collator.compare(left[i] ?? '', right[i] ?? '');
    if (order !== 0) return order;
  }
  return 0;
}
