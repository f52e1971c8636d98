import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../runtime/base/index.ts';
import {
  createProtection,
  fieldKeysIn,
  loadFieldKeys,
  openProtector,
  readFieldKeys,
  reveal,
} from '../../../runtime/keys/index.ts';
import type { FieldRule } from '../../../runtime/keys/schema.ts';

let directory: string;
let file: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'millrace-fields-'));
  file = fieldKeysIn(directory);
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const keys = () => loadFieldKeys(file, 1_000);
const rule = (field: string, how: FieldRule['how']): FieldRule => ({ field, how });
const protectedBy = async (rules: FieldRule[], message: Record<string, unknown>) =>
  createProtection(rules, await keys())(message);

const message = () => ({
  topic: 'shift',
  payload: { name: 'Ada Byron', badge: 7, people: [{ name: 'Bo Li' }, { name: 'Cy Ek', age: 3 }, { age: 4 }] },
});

describe('the protection of fields', () => {
  it('leaves out what is named, wherever a star leads, and nothing else', async () => {
    const given = message();
    const left = await protectedBy(
      [rule('payload.people.*.name', 'leave-out'), rule('payload.badge', 'leave-out')],
      given,
    );
    expect(left).toEqual({ topic: 'shift', payload: { name: 'Ada Byron', people: [{}, { age: 3 }, { age: 4 }] } });
    expect(given, 'the message itself').toEqual(message());
  });

  it('makes of a value always the same hash, which another gateway makes differently', async () => {
    const rules = [rule('payload.*', 'hash')];
    const one = await protectedBy(rules, {
      payload: { a: 'Ada', b: 'Ada', c: 'Bo', d: { x: 1, y: 2 }, e: { y: 2, x: 1 } },
    });
    const { a, b, c, d, e } = one['payload'] as Record<string, string>;
    expect(a).toMatch(/^hashed:1:[0-9a-f]{16}:[\w-]{43}$/);
    expect(b).toBe(a);
    expect(c).not.toBe(a);
    expect(e).toBe(d);
    expect(await protectedBy(rules, { payload: { a: 'Ada' } })).toEqual({ payload: { a } });
    await rm(file);
    expect(await protectedBy(rules, { payload: { a: 'Ada' } })).not.toEqual({ payload: { a } });
  });

  it('encrypts so that only the key opens it, at its own place, and never twice alike', async () => {
    const rules = [rule('payload.people.*.name', 'encrypt'), rule('payload.name', 'encrypt')];
    const one = await protectedBy(rules, message());
    const two = await protectedBy(rules, message());
    // A blank is in no ciphertext: three letters of base64 might spell a name by chance.
    expect(JSON.stringify(one)).not.toMatch(/Ada Byron|Bo Li|Cy Ek/);
    expect(one).not.toEqual(two);
    expect(reveal(one, await keys())).toEqual({ value: message(), opened: 3, sealed: [] });

    // A name put in another's place is found out, and stays closed.
    const { payload } = one as { payload: { people: { name?: string }[] } };
    const people = [payload.people[1], payload.people[0]];
    const swapped = reveal({ payload: { people } }, await keys());
    expect(swapped).toMatchObject({ opened: 0, value: { payload: { people } } });
    expect(swapped.sealed).toMatchObject([
      { field: 'payload.people.0.name', error: { code: 'FIELD_NOT_OPENED' } },
      { field: 'payload.people.1.name', error: { code: 'FIELD_NOT_OPENED' } },
    ]);

    const others = await loadFieldKeys(join(directory, 'other.json'), 0);
    expect(reveal(one, others).sealed.map(({ error }) => (error as { code: string }).code)).toEqual(
      Array(3).fill('FIELD_KEY_UNKNOWN'),
    );
  });

  it('finds out one character that was changed on the way', async () => {
    const { payload } = (await protectedBy([rule('payload', 'encrypt')], { payload: 'Ada' })) as { payload: string };
    for (const at of [30, 45, payload.length - 2]) {
      const other = payload[at] === 'A' ? 'B' : 'A';
      const changed = payload.slice(0, at) + other + payload.slice(at + 1);
      expect(reveal({ payload: changed }, await keys())).toMatchObject({ opened: 0, sealed: [{ field: 'payload' }] });
    }
  });

  it('takes whole objects, lists, typed arrays, nothing, and fields within one another', async () => {
    const given = {
      payload: { all: { deep: [1, { two: 2 }] }, none: null, samples: Float32Array.of(1, 2.5), no: false },
    };
    const sealed = await protectedBy([rule('payload.all.deep', 'hash'), rule('payload.*', 'encrypt')], given);
    const { value } = reveal(sealed, await keys());
    expect(value).toMatchObject({ payload: { none: null, samples: [1, 2.5], no: false } });
    expect(JSON.stringify(value)).toContain('"all":{"deep":"hashed:1:');
    expect(await protectedBy([rule('payload.samples[1]', 'leave-out')], given)).toMatchObject({
      payload: { samples: [1, null] },
    });
  });

  it('does nothing where there is no such field, and reads names of every kind', async () => {
    const plain = { payload: { a: 1 }, text: 'x' };
    const rules = [
      'payload.b',
      'payload.a.b.c',
      'text.length',
      'payload.constructor',
      'payload.__proto__.x',
      'people.*.a',
    ];
    expect(
      await protectedBy(
        rules.map((field) => rule(field, 'encrypt')),
        plain,
      ),
    ).toEqual(plain);
    const odd = { payload: { 'first.name': 1, list: [{ 'a b': 2 }], '*': 3, kept: 4 } };
    const left = ['msg.payload["first.name"]', 'payload.list[0]["a b"]', 'payload["*"]'];
    expect(
      await protectedBy(
        left.map((field) => rule(field, 'leave-out')),
        odd,
      ),
    ).toEqual({
      payload: { list: [{}], kept: 4 },
    });
    for (const wrong of ['', 'payload.', '.payload', 'payload..a', 'payload[', 'payload[a]', 'a b']) {
      await expect(protectedBy([rule(wrong, 'hash')], plain), wrong).rejects.toMatchObject({
        code: 'FIELD_PATH_INVALID',
      });
    }
  });
});

describe('the file with the keys', () => {
  it('is made once, for its owner only; the id says nothing of the key', async () => {
    const [one, two] = await Promise.all([keys(), keys()]);
    expect(one.newest.id).toBe(two.newest.id);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(one.newest.made).toBe(1_000);
    await chmod(file, 0o644);
    await keys();
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('may hold older keys: they open, the newest encrypts', async () => {
    const old = await protectedBy([rule('payload', 'encrypt')], { payload: 'Ada' });
    const other = join(directory, 'other.json');
    await loadFieldKeys(other, 2_000);
    const held = async (path: string) => (JSON.parse(await readFile(path, 'utf8')) as { keys: unknown[] }).keys;
    await writeFile(file, JSON.stringify({ format: 1, keys: [...(await held(file)), ...(await held(other))] }));
    expect((await keys()).all).toHaveLength(2);
    expect(reveal(old, await keys()).value).toEqual({ payload: 'Ada' });
    const { payload } = (await protectedBy([rule('payload', 'encrypt')], { payload: 'Bo' })) as { payload: string };
    expect(payload).toContain((await loadFieldKeys(other, 0)).newest.id);
  });

  it('that is damaged is never used and never replaced; put right, it serves again', async () => {
    const protector = openProtector(file, systemClock);
    const rules = [rule('payload', 'encrypt')];
    const { newest } = await keys();
    const whole = await readFile(file, 'utf8');
    const secret = /"secret":"(.)/;
    const flipped = whole.replace(secret, (_, one: string) => `"secret":"${one === 'x' ? 'y' : 'x'}`);
    for (const damaged of ['', whole.slice(0, 60), '{"format":1,"keys":[]}', 'null', flipped]) {
      await writeFile(file, damaged);
      await expect(protector.protection(rules), damaged).rejects.toMatchObject({ code: 'FIELD_KEYS_DAMAGED' });
      expect(await readFile(file, 'utf8')).toBe(damaged);
    }
    await writeFile(file, whole.replace('"format":1', '"format":2'));
    await expect(protector.protection(rules)).rejects.toMatchObject({ code: 'FIELD_KEYS_TOO_NEW' });
    await writeFile(file, whole);
    const protect = await protector.protection(rules);
    expect(protect({ payload: 1 })['payload']).toContain(newest.id);
    expect(readFieldKeys(whole, file).find(newest.id)).toBeDefined();
  });

  it('is not made where nothing is protected', async () => {
    const protect = await openProtector(file, systemClock).protection([]);
    expect(protect(message())).toEqual(message());
    await expect(stat(file)).rejects.toThrow();
  });
});
