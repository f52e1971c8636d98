import { createHash } from 'node:crypto';
import { canonicalLine, canonicalText } from '../sorted-json.ts';
import type { BundleModel, BundleNodePackage } from '../types.ts';

export interface SbomParts {
  readonly name: string;
  /** Of Millrace, at least. */
  readonly runtime: string;
  readonly packages: readonly BundleNodePackage[];
  readonly models: readonly BundleModel[];
  /** Of packages, by their path. */
  readonly licences: ReadonlyMap<string, string>;
}

interface Component {
  readonly 'bom-ref': string;
  readonly [property: string]: unknown;
}

/**
 * What a bundle is made of, as a CycloneDX bill of materials. It names no time and no random number: the same content gives
 * the same text.
 *
 * @see https://cyclonedx.org/docs/1.6/json/
 */
export function sbomOf({ name, runtime, packages, models, licences }: SbomParts): string {
  const libraries = packages.map(({ name: full, version, tarball, integrity, path }): Component => {
    const [scope, plain] = full.startsWith('@') ? full.split('/') : [undefined, full];
    const licence = licences.get(path);
    return {
      ...{
        type: 'library',
        'bom-ref': tarball,
        ...(scope !== undefined && { group: scope }),
        name: plain ?? full,
        version,
      },
      purl: `pkg:npm/${full.replace('@', '%40')}@${version}`,
      hashes: [{ alg: 'SHA-512', content: Buffer.from(integrity.replace('sha512-', ''), 'base64').toString('hex') }],
      ...(licence !== undefined && { licenses: [{ license: { name: licence } }] }),
    };
  });
  const learnt = models.map(({ name: model, version, digest }): Component => {
    const hashes = [{ alg: 'SHA-256', content: digest }];
    return { type: 'machine-learning-model', 'bom-ref': `models/${model}/${version}`, name: model, version, hashes };
  });
  const host = {
    ...{ type: 'framework', 'bom-ref': 'millrace', name: 'millrace', version: runtime },
    purl: `pkg:npm/millrace@${runtime}`,
  };
  // What is installed at two places is one thing.
  const components = [...new Map([host, ...learnt, ...libraries].map((each) => [each['bom-ref'], each])).values()];
  const refs = components.map((each) => each['bom-ref']);
  const content = {
    metadata: { component: { type: 'application', 'bom-ref': 'bundle', name } },
    components,
    dependencies: [{ ref: 'bundle', dependsOn: refs }, ...refs.map((ref) => ({ ref }))],
  };
  const serialNumber = `urn:uuid:${uuidOf(canonicalLine(content))}`;
  return canonicalText({ bomFormat: 'CycloneDX', specVersion: '1.6', version: 1, serialNumber, ...content });
}

/** A UUID of a content. @see RFC 9562, section 5.8 */
function uuidOf(text: string): string {
  const hash = createHash('sha256').update(text).digest().subarray(0, 16);
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x80, 6);
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
  return hash.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
