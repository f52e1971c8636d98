import { errors } from '../errors.ts';

/**
 * The path in a pax record, which npm's tar writes for paths that ustar has no room for. A record that gives a file another
 * size, or makes a link of it, is refused.
 *
 * @returns undefined where it says nothing of a path
 * @throws BUNDLE_ALTERED
 * @see POSIX.1-2017, pax, "pax Header Block"
 */
export function paxPath(bundle: string, record: Buffer): string | undefined {
  let path: string | undefined;
  for (let at = 0; at < record.byteLength;) {
    const space = record.indexOf(0x20, at);
    const length = space < 0 ? NaN : Number(record.toString('latin1', at, space));
    const line = record.toString('utf8', space + 1, at + length);
    const [, key = '', value = ''] = /^([^=]+)=([\s\S]*)\n$/.exec(line) ?? [];
    if (!(length > 0) || at + length > record.byteLength || key === '') {
      throw errors.BUNDLE_ALTERED({ bundle, problem: 'what it says of a path cannot be read' });
    }
    if (['size', 'linkpath'].includes(key) || key.startsWith('GNU.sparse')) {
      throw errors.BUNDLE_ALTERED({ bundle, problem: `it says "${key}" of a file beside its header` });
    }
    if (key === 'path') path = value;
    at += length;
  }
  return path;
}
