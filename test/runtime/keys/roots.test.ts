import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addSignature,
  type Envelope,
  followRoots,
  makeRoot,
  parseRoot,
  type Role,
  ROOT_TYPE,
  signEnvelope,
  type SigningKey,
} from '../../../runtime/keys/index.ts';
import { codeOf, newKey, roleOf } from './support.ts';

const year = 365 * 86_400_000;
const now = Date.UTC(2026, 10, 22);
const [a, b, c, d, release] = [newKey(), newKey(), newKey(), newKey(), newKey()] as const;

const rootOf = (version: number, root: Role, signers: readonly SigningKey[], expires = now + year): Envelope =>
  makeRoot({ version, expires, roles: { root, release: roleOf(1, release) } }, signers);

describe('a root of trust', () => {
  it('is one when enough of its own keys have signed it', () => {
    const half = rootOf(1, roleOf(2, a, b, c), [a]);
    expect(codeOf(() => parseRoot(half))).toBe('SIGNATURES_TOO_FEW');
    const root = parseRoot(JSON.parse(JSON.stringify(addSignature(half, c))));
    expect(root).toMatchObject({ version: 1, expires: now + year, roles: { root: { threshold: 2 } } });
    expect(root.roles.release.keys).toEqual([{ id: release.id, publicKey: release.publicKey }]);
  });

  it('says the same with the same bytes, whatever the order of what it is made from', () => {
    const { version, expires, roles } = parseRoot(rootOf(1, roleOf(1, a), [a]));
    const turned = makeRoot({ roles: { release: roles.release, root: roles.root }, expires, version }, [a]);
    expect(turned).toEqual(rootOf(1, roleOf(1, a), [a]));
  });

  it.each([
    ['more signatures than keys', { threshold: 3, keys: [a, b] }],
    ['a key twice', { threshold: 2, keys: [a, a] }],
    ['a key under another’s id', { threshold: 1, keys: [{ ...a, id: b.id }] }],
    ['no key', { threshold: 1, keys: [] }],
    ['no signature', { threshold: 0, keys: [a] }],
  ])('is not made with %s', (_, role) => {
    expect(codeOf(() => rootOf(1, role, [a]))).toBe('ROOT_INVALID');
  });

  it('of a newer Millrace, or something else in its place, is refused', () => {
    const signed = (content: unknown) => signEnvelope(ROOT_TYPE, Buffer.from(JSON.stringify(content)), [a]);
    expect(() => parseRoot(signed({ format: 2 }))).toThrow('it has format 2, this Millrace knows 1');
    expect(codeOf(() => parseRoot(signed('root')))).toBe('ROOT_INVALID');
    expect(codeOf(() => parseRoot(signEnvelope(ROOT_TYPE, Buffer.from('{'), [a])))).toBe('ROOT_INVALID');
    expect(codeOf(() => parseRoot(signEnvelope('text/plain', Buffer.from('{}'), [a])))).toBe('ENVELOPE_INVALID');
  });
});

describe('newer roots', () => {
  const pinned = parseRoot(rootOf(1, roleOf(2, a, b, c), [a, b]));
  const second = rootOf(2, roleOf(2, a, b, d), [a, b]);
  const third = rootOf(3, roleOf(1, d), [a, d]);

  it('are followed one after the other, to other keys and another threshold, in whatever order they come', () => {
    const { root, envelope, expired } = followRoots(pinned, [third, second], now);
    expect([root.version, envelope, expired]).toEqual([3, third, false]);
    expect(root.roles.root).toEqual(roleOf(1, d));
  });

  it('leave the pinned one where there are none, or only older ones', () => {
    expect(followRoots(pinned, [], now)).toEqual({ root: pinned, expired: false });
    const later = parseRoot(third);
    expect(followRoots(later, [second], now)).toEqual({ root: later, expired: false });
  });

  it.each([
    ['one between is missing', [third], 'version 2 is missing'],
    [
      'too few of the old keys signed',
      [rootOf(2, roleOf(1, d), [a, d])],
      'by the keys before it, it has 1 trusted signature, 2 are needed',
    ],
    ['none of the old keys signed', [rootOf(2, roleOf(1, d), [d])], 'by the keys before it, it is signed by key'],
    ['its own keys did not sign', [rootOf(2, roleOf(1, d), [a, b])], 'by its own keys, it is signed by key'],
  ])('are not followed where %s', (_, newer, reason) => {
    expect(() => followRoots(pinned, newer, now)).toThrow(reason);
    expect(codeOf(() => followRoots(pinned, newer, now))).toBe('ROOT_NOT_FOLLOWED');
  });

  it('are followed although something that nobody can read lies among them', () => {
    const odd = [{ half: 'an envelope' }, signEnvelope(ROOT_TYPE, Buffer.from('{"format":2}'), [a])];
    expect(followRoots(pinned, [odd[0], second, odd[1], third], now)).toMatchObject({ root: { version: 3 } });
    expect(codeOf(() => followRoots(pinned, odd, now))).toBe('ENVELOPE_INVALID');
  });

  it('that expired are told, and followed past; a clock that stands at 1970 expires none', () => {
    const old = rootOf(2, roleOf(2, a, b, c), [a, b], now - 1);
    expect(followRoots(pinned, [old], now)).toMatchObject({ root: { version: 2 }, expired: true });
    expect(followRoots(pinned, [old, rootOf(3, roleOf(1, a), [a, b])], now)).toMatchObject({ expired: false });
    expect(followRoots(pinned, [old], 1000).expired).toBe(false);
  });

  it('are followed exactly as far as every step has the old keys’ word', () => {
    const people = [a, b, c, d];
    const role = fc
      .record({ keys: fc.subarray(people, { minLength: 1 }), share: fc.integer({ min: 1, max: 4 }) })
      .map(({ keys, share }) => roleOf(Math.min(share, keys.length), ...keys));
    const step = fc.record({ role, signers: fc.subarray(people) });
    fc.assert(
      fc.property(role, fc.array(step, { minLength: 1, maxLength: 4 }), (first, steps) => {
        const start = parseRoot(rootOf(1, first, people));
        const chain = steps.map(({ role, signers }, i) => rootOf(i + 2, role, signers));
        const signedBy = (role: Role, signers: readonly SigningKey[]) =>
          role.keys.filter(({ id }) => signers.some((key) => key.id === id)).length >= role.threshold;
        const good = steps.every(
          ({ role, signers }, i) => signedBy(steps[i - 1]?.role ?? first, signers) && signedBy(role, signers),
        );
        if (good) expect(followRoots(start, chain, now).root.version).toBe(steps.length + 1);
        else expect(codeOf(() => followRoots(start, chain, now))).toBe('ROOT_NOT_FOLLOWED');
      }),
      { numRuns: 60 },
    );
  });
});
