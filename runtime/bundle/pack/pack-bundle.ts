import { MANIFEST_FILE } from '../names.ts';
import { parseBundle } from '../parse-bundle.ts';
import { canonicalText } from '../sorted-json.ts';
import { writeTar } from '../tar/write-tar.ts';
import { gather } from './gather.ts';
import type { PackedBundle, PackOptions } from './options.ts';

/** As `when-asked.ts` hands it out. */
export async function packBundle(options: PackOptions): Promise<PackedBundle> {
  const { manifest, files, findings } = await gather(options);
  const [problem] = findings.problems;
  if (problem) throw problem;
  const text = canonicalText(manifest);
  // What could not be read again is not made.
  const { digest } = parseBundle(options.name, text);
  const paths = [...files.keys()].sort();
  const entries = paths.flatMap((path) => {
    const bytes = files.get(path);
    return bytes ? [{ path, bytes }] : [];
  });
  return {
    ...{ manifest, text, digest, files, warnings: findings.warnings },
    bytes: writeTar([{ path: MANIFEST_FILE, bytes: Buffer.from(text) }, ...entries]),
  };
}
