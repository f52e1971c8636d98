/**
 * Part of what is published: schemas that are made when somebody first asks something of them. The modules of a room describe
 * a thousand shapes as they are loaded, of which the process of a flow uses a few dozen.
 */

type Callable = (...given: readonly unknown[]) => unknown;
type Members = Readonly<Record<string, unknown>>;

/** What makes a schema of nothing but its arguments. */
const MAKERS = words(
  'array boolean discriminatedUnion enum instanceof literal looseObject null number object',
  'preprocess record strictObject string tuple union unknown',
);
/** Members of which each function makes a schema. */
const FAMILIES = new Set(['coerce', 'iso']);
/** Methods that make another schema of one. Whatever else is asked of a schema, it is made for. */
const MAKING = words(
  'and array catch catchall default describe extend gt gte int length loose lt lte max meta min multipleOf negative',
  'nonempty nonnegative nullable nullish omit optional or partial pick pipe positive prefault readonly refine regex',
  'required strict superRefine transform trim',
);

function words(...lines: readonly string[]): ReadonlySet<string> {
  return new Set(lines.flatMap((line) => line.split(' ')));
}

interface Late {
  /** Gone once it is made. */
  make?: () => object;
  made?: object;
}

const LATE = Symbol('late schema');

/** The members of zod; what they make is made late. */
export function late<T extends Members>(zod: T): T {
  const members = Object.entries(zod).map(([name, member]) => {
    if (FAMILIES.has(name)) return [name, lateFamily(member as Members)];
    if (typeof member !== 'function' || isClass(name)) return [name, member];
    const call = member as Callable;
    return [name, MAKERS.has(name) ? lateMaker(call) : (...given: readonly unknown[]) => call(...given.map(nowOf))];
  });
  return Object.fromEntries(members) as T;
}

const isClass = (name: string) => /^[A-Z]/.test(name);

function lateFamily(family: Members): Members {
  const makers = Object.entries(family).filter(([name, member]) => typeof member === 'function' && !isClass(name));
  return { ...family, ...Object.fromEntries(makers.map(([name, maker]) => [name, lateMaker(maker as Callable)])) };
}

const lateMaker =
  (maker: Callable) =>
  (...given: readonly unknown[]) =>
    lateSchema(() => maker(...given.map(allNow)) as object);

/** Stands for what `make` gives, in everything but that it may not exist yet. */
function lateSchema(make: () => object): object {
  const stand: Late = { make };
  return new Proxy(stand, BEHAVIOUR);
}

function schemaOf(stand: Late): object {
  if (stand.make) {
    stand.made = stand.make();
    delete stand.make;
  }
  return stand.made as object;
}

const BEHAVIOUR: ProxyHandler<Late> = {
  get(stand, key) {
    if (key === LATE) return stand;
    if (stand.make && typeof key === 'string' && MAKING.has(key)) {
      return (...given: readonly unknown[]) =>
        lateSchema(() => (Reflect.get(schemaOf(stand), key) as Callable)(...given.map(allNow)) as object);
    }
    return Reflect.get(schemaOf(stand), key) as unknown;
  },
  set: (stand, key, value) => Reflect.set(schemaOf(stand), key, value),
  has: (stand, key) => Reflect.has(schemaOf(stand), key),
  getPrototypeOf: (stand) => Reflect.getPrototypeOf(schemaOf(stand)),
};

const standFor = (value: unknown): Late | undefined =>
  typeof value === 'object' && value !== null ? (value as { readonly [LATE]?: Late })[LATE] : undefined;

/** The schema itself where it is a late one. */
function nowOf(value: unknown): unknown {
  const stand = standFor(value);
  return stand ? schemaOf(stand) : value;
}

/**
 * With the schemas themselves in lists and shapes, too: what checks a value should not go by what stands for them. Those of a
 * shape are made when it is first read.
 */
function allNow(value: unknown): unknown {
  const now = nowOf(value);
  if (now !== value || typeof now !== 'object' || now === null) return now;
  if (Array.isArray(now)) return now.map(nowOf);
  if (Object.getPrototypeOf(now) !== Object.prototype) return now;
  const shape: Record<string, PropertyDescriptor> = Object.getOwnPropertyDescriptors(now);
  for (const [name, { value: member }] of Object.entries(shape)) {
    const stand = standFor(member);
    if (stand) shape[name] = { get: () => schemaOf(stand), enumerable: true, configurable: true };
  }
  return Object.defineProperties({}, shape);
}
