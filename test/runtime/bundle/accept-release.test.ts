import { describe, expect, it } from 'vitest';
import {
  type AcceptanceRules,
  acceptRelease,
  checkAccepted,
  parseBundle,
  type Release,
} from '../../../runtime/bundle/index.ts';
import type { SigningKey } from '../../../runtime/keys/index.ts';
import { bundleOf, DAY, ISSUED, newKey, type Parts, rootOf, signed } from '../../support/bundles.ts';

const key = newKey();
const rules: AcceptanceRules = {
  ...{ root: rootOf([key]), group: 'north', runtime: '0.1.0', architecture: 'linux-arm64', now: ISSUED + DAY },
};

function offered(stated: Partial<Release> = {}, parts: Parts = {}, keys: readonly SigningKey[] = [key]) {
  const made = bundleOf(parts);
  return parseBundle('pump.mrb', made.text, signed(made, keys, stated));
}

const codeOf = (work: () => unknown): string => {
  try {
    work();
    return 'accepted';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('a release', () => {
  it('of a trusted key, for this gateway, is accepted', () => {
    const release = acceptRelease(offered({ version: 7 }), rules);
    expect(release).toMatchObject({ version: 7, group: 'any', manifest: bundleOf().manifest });
    expect(codeOf(() => acceptRelease(offered({ group: 'north' }), rules))).toBe('accepted');
  });

  it('that nobody signed is refused', () => {
    const { text } = bundleOf();
    expect(codeOf(() => acceptRelease(parseBundle('pump.mrb', text), rules))).toBe('RELEASE_UNSIGNED');
    const empty = { ...signed(bundleOf(), [key]), signatures: [] };
    expect(codeOf(() => acceptRelease(parseBundle('pump.mrb', text, empty), rules))).toBe('RELEASE_UNSIGNED');
  });

  it('of a key that is not trusted here is refused, whatever it calls itself', () => {
    expect(codeOf(() => acceptRelease(offered({}, {}, [newKey()]), rules))).toBe('SIGNER_UNKNOWN');
    const envelope = signed(bundleOf(), [newKey()]);
    const borrowed = { ...envelope, signatures: envelope.signatures.map(({ sig }) => ({ keyid: key.id, sig })) };
    const bundle = parseBundle('pump.mrb', bundleOf().text, borrowed);
    expect(codeOf(() => acceptRelease(bundle, rules))).toBe('RELEASE_TAMPERED');
  });

  it('needs as many different keys as the root says', () => {
    const [a, b] = [newKey(), newKey()];
    const two = { ...rules, root: rootOf([a, b], 2) };
    expect(codeOf(() => acceptRelease(offered({}, {}, [a]), two))).toBe('SIGNATURES_TOO_FEW');
    expect(codeOf(() => acceptRelease(offered({}, {}, [a, b]), two))).toBe('accepted');
  });

  it('of another bundle is refused: the signature holds for what was signed only', () => {
    const other = bundleOf({ name: 'other' });
    const bundle = parseBundle('pump.mrb', bundleOf().text, signed(other, [key]));
    expect(codeOf(() => acceptRelease(bundle, rules))).toBe('RELEASE_TAMPERED');
  });

  it('whose signed words were changed afterwards is refused', () => {
    const envelope = signed(bundleOf(), [key], { group: 'south' });
    const words = Buffer.from(envelope.payload, 'base64').toString().replace('"south"', '"north"');
    const changed = { ...envelope, payload: Buffer.from(words).toString('base64') };
    const bundle = parseBundle('pump.mrb', bundleOf().text, changed);
    expect(codeOf(() => acceptRelease(bundle, rules))).toBe('RELEASE_TAMPERED');
  });

  it('of something else than a release is refused, even of a trusted key', () => {
    const bundle = bundleOf();
    const root = { ...signed(bundle, [key]), payloadType: 'application/vnd.millrace.root+json' };
    expect(codeOf(() => acceptRelease(parseBundle('pump.mrb', bundle.text, root), rules))).toBe('RELEASE_TAMPERED');
    const wrong = signed(bundle, [key], { type: 'something' as 'millrace-release' });
    expect(codeOf(() => acceptRelease(parseBundle('pump.mrb', bundle.text, wrong), rules))).toBe('RELEASE_TAMPERED');
    const newer = signed(bundle, [key], { format: 2 as 1 });
    expect(codeOf(() => acceptRelease(parseBundle('pump.mrb', bundle.text, newer), rules))).toBe('BUNDLE_FORMAT_NEWER');
  });

  it('older than the newest that was accepted is refused; the same one again is not', () => {
    const { digest } = offered();
    const newest = { name: 'pump', version: 5, digest };
    expect(codeOf(() => acceptRelease(offered({ version: 4 }), { ...rules, newest }))).toBe('RELEASE_OLDER');
    expect(codeOf(() => acceptRelease(offered({ version: 5 }), { ...rules, newest }))).toBe('accepted');
    expect(codeOf(() => acceptRelease(offered({ version: 6 }), { ...rules, newest }))).toBe('accepted');
    const other = offered({ version: 5 }, { name: 'other' });
    expect(codeOf(() => acceptRelease(other, { ...rules, newest }))).toBe('RELEASE_OLDER');
  });

  it('expires; where the clock stands before it was signed, the clock is wrong and not asked', () => {
    const release = offered({ expires: ISSUED + 2 * DAY });
    const at = (now: number) => codeOf(() => acceptRelease(release, { ...rules, now }));
    expect(at(ISSUED + DAY)).toBe('accepted');
    expect(at(ISSUED + 2 * DAY)).toBe('RELEASE_EXPIRED');
    expect(at(0)).toBe('accepted');
    const newest = { name: 'pump', version: 9, digest: '0'.repeat(64) };
    expect(codeOf(() => acceptRelease(release, { ...rules, now: 0, newest }))).toBe('RELEASE_OLDER');
  });

  it('for another group is refused', () => {
    expect(codeOf(() => acceptRelease(offered({ group: 'south' }), rules))).toBe('RELEASE_FOREIGN');
  });

  it.each([
    ['0.1.0', 'accepted'],
    ['0.0.9', 'accepted'],
    ['0.1.0-beta', 'accepted'],
    ['0.1.1', 'RUNTIME_TOO_OLD'],
    ['0.10.0', 'RUNTIME_TOO_OLD'],
    ['1.0.0', 'RUNTIME_TOO_OLD'],
  ])('that needs Millrace %s, here 0.1.0: %s', (runtime, outcome) => {
    expect(codeOf(() => acceptRelease(offered({}, { manifest: { runtime } }), rules))).toBe(outcome);
  });

  it.each([
    [['any'], 'accepted'],
    [['linux-x64', 'linux-arm64'], 'accepted'],
    [['linux-x64'], 'ARCHITECTURE_UNFIT'],
  ])('for %j, here linux-arm64: %s', (architectures, outcome) => {
    expect(codeOf(() => acceptRelease(offered({}, { manifest: { architectures } }), rules))).toBe(outcome);
  });
});

describe('a bundle that was accepted', () => {
  const at = (bundle: ReturnType<typeof offered>) => ({ ...bundle, source: 'slots/a' });
  const bundle = at(offered({ expires: ISSUED + 1 }));
  const { digest } = bundle;
  const root = rootOf([key]);

  it('runs as long as it is what it was, also when it has expired and its signer may sign no more', () => {
    expect(() => checkAccepted(bundle, { digest, root })).not.toThrow();
    expect(() => checkAccepted(bundle, { root })).not.toThrow();
    expect(() => checkAccepted(bundle, { digest, root: rootOf([newKey()]) })).not.toThrow();
    expect(() => checkAccepted(bundle, { digest })).not.toThrow();
  });

  it('does not run once it was altered', () => {
    const other = at(offered({}, { name: 'other' }));
    expect(codeOf(() => checkAccepted(other, { digest, root }))).toBe('BUNDLE_ALTERED');
    const resigned = at(offered({}, { name: 'other' }, [newKey()]));
    expect(codeOf(() => checkAccepted(resigned, { root }))).toBe('SIGNER_UNKNOWN');
    const unsigned = at(parseBundle('pump.mrb', bundleOf().text));
    expect(codeOf(() => checkAccepted(unsigned, { digest, root }))).toBe('RELEASE_UNSIGNED');
    const borrowed = at(parseBundle('pump.mrb', bundleOf().text, signed(bundleOf({ name: 'other' }), [key])));
    expect(codeOf(() => checkAccepted(borrowed, { digest }))).toBe('RELEASE_TAMPERED');
  });
});
