import { describe, expect, it } from 'vitest';
import { z as zod } from 'zod';
import { late } from '../../../scripts/build/late-schemas.ts';

const z = late(zod);
/** Counts the objects that are made. */
function counted() {
  let made = 0;
  const counting = late({
    ...zod,
    object: ((shape: Parameters<typeof zod.object>[0]) => {
      made++;
      return zod.object(shape);
    }) as typeof zod.object,
  });
  return { counting, made: () => made };
}

const pump = z.object({
  name: z.string().min(1),
  speed: z.number().int().positive().default(50),
  kind: z.enum(['a', 'b']).optional(),
  place: z.union([z.string(), z.object({ x: z.coerce.number() })]).nullable(),
  built: z.iso.datetime().optional(),
});

describe('a late schema', () => {
  it('is made once, when it is first asked something, and those it consists of with it', () => {
    const { counting, made } = counted();
    const inner = counting.object({ a: counting.number() });
    const outer = counting.object({ inner: inner.optional() }).extend({ b: counting.array(inner).min(1) });
    expect(made()).toBe(0);
    expect(outer.parse({ inner: { a: 1 }, b: [{ a: 2 }] })).toEqual({ inner: { a: 1 }, b: [{ a: 2 }] });
    expect(made()).toBe(2);
    expect(outer.safeParse({}).success).toBe(false);
    expect(made()).toBe(2);
  });

  it('is made without what lies within it, until that is asked for', () => {
    const { counting, made } = counted();
    const inner = counting.object({ deep: counting.object({ n: counting.number() }) });
    const outer = counting.object({ name: counting.string(), inner: inner.optional().prefault({ deep: { n: 1 } }) });
    expect(outer).toBeInstanceOf(zod.ZodObject);
    expect(made()).toBe(1);
    expect(outer.safeParse({ name: 1 }).error?.issues).toMatchObject([{ path: ['name'] }]);
    expect(outer.parse({ name: 'p' })).toEqual({ name: 'p', inner: { deep: { n: 1 } } });
    expect(made()).toBe(3);
  });

  it('judges as the schema does, with the same words', () => {
    const same = zod.object({
      name: zod.string().min(1),
      speed: zod.number().int().positive().default(50),
      kind: zod.enum(['a', 'b']).optional(),
      place: zod.union([zod.string(), zod.object({ x: zod.coerce.number() })]).nullable(),
      built: zod.iso.datetime().optional(),
    });
    const cases = [
      { name: 'p', place: null },
      { name: 'p', speed: 3, kind: 'a', place: { x: '4' }, built: '2026-11-22T10:00:00Z' },
      { name: '', speed: -1.5, kind: 'c', place: 3, built: 'yesterday' },
      undefined,
    ];
    for (const value of cases) {
      const [one, other] = [pump.safeParse(value), same.safeParse(value)];
      expect(one.data).toEqual(other.data);
      expect(one.error?.issues).toEqual(other.error?.issues);
      if (one.error) expect(z.prettifyError(one.error)).toBe(zod.prettifyError(one.error));
    }
    expect(() => pump.parse({})).toThrow(zod.ZodError);
    expect(z.toJSONSchema(pump)).toEqual(zod.toJSONSchema(same));
  });

  it('is one of its class, and gives its parts', () => {
    expect(pump).toBeInstanceOf(zod.ZodObject);
    expect(z.string()).not.toBeInstanceOf(zod.ZodObject);
    expect('safeParse' in pump).toBe(true);
    expect(Object.keys(pump.shape)).toEqual(['name', 'speed', 'kind', 'place', 'built']);
    expect(pump.shape.kind.unwrap().options).toEqual(['a', 'b']);
    expect(pump.pick({ name: true }).parse({ name: 'p', more: 1 })).toEqual({ name: 'p' });
    const kinds = z.discriminatedUnion('type', [
      z.object({ type: z.literal('a'), a: z.number() }),
      z.object({ type: z.literal('b') }).strict(),
    ]);
    expect(kinds.parse({ type: 'a', a: 1 })).toEqual({ type: 'a', a: 1 });
    expect(kinds.safeParse({ type: 'b', a: 1 }).success).toBe(false);
  });

  it('may name itself by a getter', () => {
    const tree = z.object({
      value: z.number(),
      get leaves(): zod.ZodOptional<zod.ZodArray<zod.ZodUnknown>> {
        return z.array(tree).optional() as never;
      },
    });
    expect(tree.safeParse({ value: 1, leaves: [{ value: 2, leaves: [] }] }).success).toBe(true);
    expect(tree.safeParse({ value: 1, leaves: [{ value: 'x' }] }).success).toBe(false);
  });

  it('keeps a method that was taken from it', () => {
    const { parse } = z.number();
    expect(parse(3)).toBe(3);
  });
});
