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

function compareParts(a: string, b: string): number {
  const left = a.split('.');
  const right = b.split('.');
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const order = compareNaturally(left[i] ?? '', right[i] ?? '');
    if (order !== 0) return order;
  }
  return 0;
}

/** Numbers within a text by their value: `rc9` before `rc10`. (A collator does so too, for 2 MB of a gateway's memory.) */
function compareNaturally(a: string, b: string): number {
  const [left, right] = [runsOf(a), runsOf(b)];
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const [one = '', other = ''] = [left[i], right[i]];
    const [x, y] = startsWithDigit(one) && startsWithDigit(other) ? [BigInt(one), BigInt(other)] : [one, other];
    if (x !== y) return x < y ? -1 : 1;
  }
  return 0;
}

const runsOf = (text: string): readonly string[] => text.match(/\d+|\D+/g) ?? [];
const startsWithDigit = (text: string) => /^\d/.test(text);
