/**
 * Whether a version of Millrace comes before another. One with a suffix (`0.2.0-beta`) comes before the same without.
 *
 * @example
 * isOlderVersion('0.9.1', '0.10.0'); // true
 */
export function isOlderVersion(version: string, than: string): boolean {
  const [a, b] = [parts(version), parts(than)];
  for (let i = 0; i < 3; i++) {
    const [mine = 0, theirs = 0] = [a.numbers[i], b.numbers[i]];
    if (mine !== theirs) return mine < theirs;
  }
  return a.suffix !== '' && (b.suffix === '' || a.suffix < b.suffix);
}

function parts(version: string) {
  const [plain = '', ...suffix] = version.split('-');
  return { numbers: plain.split('.').map((part) => Number(part) || 0), suffix: suffix.join('-') };
}
