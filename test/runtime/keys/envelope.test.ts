import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addSignature,
  type Envelope,
  preAuthEncoding,
  signEnvelope,
  type SigningKey,
  verifyEnvelope,
} from '../../../runtime/keys/index.ts';
import { codeOf, keyOfSeed, newKey, roleOf } from './support.ts';

const hex = (text: string) => Buffer.from(text, 'hex');
const type = 'application/vnd.millrace.test+json';

/** RFC 8032, section 7.1. */
const RFC_8032 = [
  {
    seed: '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
    publicKey: 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    message: '',
    signature:
      'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
  },
  {
    seed: '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
    publicKey: '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    message: '72',
    signature:
      '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  },
  {
    seed: 'c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7',
    publicKey: 'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
    message: 'af82',
    signature:
      '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
  },
];

const a = keyOfSeed(RFC_8032[0]?.seed ?? '');
const b = keyOfSeed(RFC_8032[1]?.seed ?? '');
const statement = 'eyJfdHlwZSI6Imh0dHBzOi8vaW4tdG90by5pby9TdGF0ZW1lbnQvdjEifQ==';
const byA = '2WAfaHm5jluo0w+0rk8uVkluELJYWjSmU9x7EUzx+AyteDGJ4/nqyJXfmAUVFIAoQafWm7AxBZNw5M9ixNHiCA==';
const byB = 'c1+67/aT0yqEpwx8PsVY3MLHsj9D0CZ014/Fv/QlG59P+9CobUZ7xECJ/V3USG0Ob9CiE5LjReEZUzNF2l7eBw==';
const inToto = 'application/vnd.in-toto+json';

/** The vectors of DSSE: https://github.com/secure-systems-lab/dsse/tree/master/testvectors */
const DSSE: readonly {
  name: string;
  type?: string;
  of?: string;
  threshold?: number;
  sigs: [string, SigningKey?][];
  code?: string;
}[] = [
  { name: 'one signature', sigs: [[byA, a]] },
  {
    name: 'base64 that is safe in a URL',
    of: '-_-_Pj8=',
    sigs: [['P-_KHICeR7tI6S_YyejJTRtrXhcQyQ2LYPaL8h90KjC9qN8HU_svOQ6TuDOT1HIrsGW886DbWNWcCmX5twLrAw==', a]],
  },
  {
    name: 'another type than was signed',
    type: 'application/vnd.example.other+json',
    sigs: [[byA, a]],
    code: 'SIGNATURE_INVALID',
  },
  {
    name: 'a type whose length in bytes is not that in characters',
    type: 'application/vnd.exämple+json',
    sigs: [['xmSk/ug66ysT7ayhkCIjhAq42zgZXSsEWuzUaNL7w2eGAdF/NU6/fRXPtmfN+5DNSAs5/i2lUnHjbbjPsu0tAw==', a]],
  },
  {
    name: 'nothing as payload',
    of: '',
    sigs: [['gSggCAaTLTYyRH6FIDBem6meyIynsYy8RTHVzwx9tnTb7Bg/1jMWnuVgI/gffqmbsC2VX5/jHfkkDqsj7CDbDg==', a]],
  },
  {
    name: 'no type',
    type: '',
    sigs: [['iC3q/+3Rm0+lpAJRueDmDh15PnwCfxKmS0NAfKsbv+zgulXQC/WM9trc+j1XEqlwDIg/vf/uNfebeD6sxInrDg==', a]],
    code: 'ENVELOPE_INVALID',
  },
  {
    name: 'two of two',
    threshold: 2,
    sigs: [
      [byA, a],
      [byB, b],
    ],
  },
  {
    name: 'one twice',
    threshold: 2,
    sigs: [
      [byA, a],
      [byA, a],
    ],
    code: 'SIGNATURES_TOO_FEW',
  },
  { name: 'two that do not say whose they are', threshold: 2, sigs: [[byA], [byB]] },
];

describe('signatures', () => {
  it.each(RFC_8032)('are those of RFC 8032: $message', ({ seed, publicKey, message, signature }) => {
    const key = keyOfSeed(seed);
    expect(Buffer.from(key.publicKey, 'base64').subarray(-32).toString('hex')).toBe(publicKey);
    expect(Buffer.from(key.sign(hex(message))).toString('hex')).toBe(signature);
  });

  it('are made of what the DSSE protocol gives as its example', () => {
    const encoded = preAuthEncoding('http://example.com/HelloWorld', Buffer.from('hello world'));
    expect(Buffer.from(encoded).toString()).toBe('DSSEv1 29 http://example.com/HelloWorld 11 hello world');
  });

  it.each(DSSE)(
    'hold or do not as DSSE has it: $name',
    ({ type = inToto, of = statement, threshold = 1, sigs, code }) => {
      const signatures = sigs.map(([sig, key]) => ({ sig, ...(key && { keyid: key.id }) }));
      const role = threshold === 1 ? roleOf(1, a) : roleOf(threshold, a, b);
      const verified = () =>
        verifyEnvelope({ payloadType: type, payload: of, signatures }, { payloadType: type, role });
      expect(codeOf(verified)).toBe(code);
      if (code === undefined) expect(Buffer.from(verified()).equals(Buffer.from(of, 'base64'))).toBe(true);
    },
  );

  it('that are missing, of strangers or too few are refused each in its own words', () => {
    const [mine, other, stranger] = [newKey(), newKey(), newKey()];
    const payload = Buffer.from('{"version":1}');
    const told = (envelope: unknown, threshold = 1) =>
      codeOf(() => verifyEnvelope(envelope, { payloadType: type, role: roleOf(threshold, mine, other) }));
    expect(told(undefined)).toBe('SIGNATURE_MISSING');
    expect(told(signEnvelope(type, payload, []))).toBe('SIGNATURE_MISSING');
    expect(told(signEnvelope(type, payload, [stranger]))).toBe('SIGNER_UNKNOWN');
    expect(told(signEnvelope(type, payload, [mine, stranger]), 2)).toBe('SIGNATURES_TOO_FEW');
    expect(told(signEnvelope('text/plain', payload, [mine]))).toBe('ENVELOPE_INVALID');
    expect(told('{}')).toBe('ENVELOPE_INVALID');
    expect(told({ payloadType: type, payload: '<html>', signatures: [] })).toBe('ENVELOPE_INVALID');
    expect(told(signEnvelope(type, payload, [other, mine]), 2)).toBeUndefined();
  });

  it('of a stranger who calls himself by a trusted key’s id do not hold', () => {
    const [mine, stranger] = [newKey(), newKey()];
    const { signatures, ...rest } = signEnvelope(type, Buffer.from('x'), [stranger]);
    const forged = { ...rest, signatures: signatures.map(({ sig }) => ({ keyid: mine.id, sig })) };
    expect(codeOf(() => verifyEnvelope(forged, { payloadType: type, role: roleOf(1, mine) }))).toBe(
      'SIGNATURE_INVALID',
    );
  });

  it('of a key count once, however often the role names it', () => {
    const mine = newKey();
    const twice = {
      threshold: 2,
      keys: [mine, { ...mine, id: 'another', publicKey: mine.publicKey.replace(/=+$/, '') }],
    };
    const envelope = signEnvelope(type, Buffer.from('x'), [mine]);
    expect(codeOf(() => verifyEnvelope(envelope, { payloadType: type, role: twice }))).toBe('SIGNATURES_TOO_FEW');
  });

  it('can be added one after the other, each on another machine', () => {
    const [first, second] = [newKey(), newKey()];
    const carried = JSON.parse(JSON.stringify(signEnvelope(type, Buffer.from('x'), [first]))) as Envelope;
    const both = addSignature(addSignature(carried, second), second);
    expect(both.signatures).toHaveLength(2);
    expect(codeOf(() => verifyEnvelope(both, { payloadType: type, role: roleOf(2, first, second) }))).toBeUndefined();
  });
});

describe('k of n', () => {
  const keys = Array.from({ length: 4 }, newKey);
  const strangers = Array.from({ length: 2 }, newKey);

  it('holds exactly where so many different keys of the role have signed', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 200 }),
        fc.integer({ min: 1, max: 4 }),
        fc.array(fc.nat(3), { maxLength: 8 }),
        fc.subarray(strangers),
        (payload, threshold, signers, others) => {
          const signed = signEnvelope(type, payload, [...signers.map((i) => keys[i] as SigningKey), ...others]);
          const code = codeOf(() => verifyEnvelope(signed, { payloadType: type, role: roleOf(threshold, ...keys) }));
          expect(code === undefined).toBe(new Set(signers).size >= threshold);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('does not hold where one bit of the payload was changed', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 200 }), fc.nat(), fc.nat(7), (payload, at, bit) => {
        const signed = signEnvelope(type, payload, keys);
        const altered = Uint8Array.from(payload);
        altered[at % altered.length] = (altered[at % altered.length] ?? 0) ^ (1 << bit);
        const envelope = { ...signed, payload: Buffer.from(altered).toString('base64') };
        const role = roleOf(1, ...keys);
        expect(codeOf(() => verifyEnvelope(envelope, { payloadType: type, role }))).toBe('SIGNATURE_INVALID');
      }),
      { numRuns: 60 },
    );
  });
});
