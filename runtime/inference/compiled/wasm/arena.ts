import { assemble } from './assembler.ts';
import { denseKernel } from './dense-kernel.ts';
import { walkKernels } from './walk-kernel.ts';

/** All addresses and strides in bytes. */
export interface Kernels {
  dense(
    x: number,
    xStride: number,
    weights: number,
    bias: number,
    y: number,
    yStride: number,
    rows: number,
    inputs: number,
    panels: number,
    lowest: number,
  ): void;
  /** Leaves of rows that are a multiple of four, tree by tree. */
  walkRows(
    roots: number,
    trees: number,
    x: number,
    xStride: number,
    rows: number,
    leaves: number,
    leafStride: number,
    steps: number,
  ): void;
  /** Leaves of one row in trees that are a multiple of four. */
  walkTrees(roots: number, trees: number, x: number, leaves: number, leafStride: number, steps: number): void;
  /** As walkRows, but adds the leaves up: for each row so many vectors of four float32. */
  sumRows(
    roots: number,
    trees: number,
    x: number,
    xStride: number,
    rows: number,
    sums: number,
    vectors: number,
    steps: number,
  ): void;
  sumTrees(roots: number, trees: number, x: number, sums: number, vectors: number, steps: number): void;
}

/**
 * The one memory of this thread that the kernels of all compiled models work on. A memory for each model would reserve
 * gigabytes of addresses each.
 */
export interface Arena {
  readonly kernels: Kernels;
  /** The whole memory; another array after it has grown. */
  floats: Float32Array;
  ints: Int32Array;
  /** The halves of the scratch, as numbers and the second as leaves. */
  first: Float32Array;
  second: Float32Array;
  leaves: Int32Array;
  /** Bytes for what stays as long as `owner` does. Undefined: there is no more memory. */
  keep(bytes: number, owner: object): number | undefined;
}

/** Bytes at the front for what lasts no longer than a run: in one half the values that go in, in the other what comes out. */
export const HALF = 1 << 20;
const SCRATCH = 2 * HALF;
const PAGE = 65536;

let shared: Arena | undefined | null = null;

/** Undefined: this machine has no WebAssembly with vectors. */
export function arena(): Arena | undefined {
  if (shared === null) shared = createArena();
  return shared;
}

function createArena(): Arena | undefined {
  const walks = walkKernels();
  const bytes = [true, false]
    .map((fused) => assemble([denseKernel(fused), ...walks]))
    .find((each) => WebAssembly.validate(each));
  if (!bytes) return undefined;
  const memory = new WebAssembly.Memory({ initial: SCRATCH / PAGE });
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { host: { memory } });
  const free: { at: number; bytes: number }[] = [];
  let end = SCRATCH;
  const registry = new FinalizationRegistry((block: { at: number; bytes: number }) => void free.push(block));
  const views = () => ({
    floats: new Float32Array(memory.buffer),
    ints: new Int32Array(memory.buffer),
    first: new Float32Array(memory.buffer, 0, HALF / 4),
    second: new Float32Array(memory.buffer, HALF, HALF / 4),
    leaves: new Int32Array(memory.buffer, HALF, HALF / 4),
  });
  const own: Arena = {
    kernels: exports as unknown as Kernels,
    ...views(),
    keep(wanted, owner) {
      const rounded = Math.ceil(wanted / 64) * 64;
      // Models come and go in the same sizes, so a block of just this size is what there mostly is.
      const found = free.findIndex((block) => block.bytes === rounded);
      const [reused] = found < 0 ? [] : free.splice(found, 1);
      const block = reused ?? { at: end, bytes: rounded };
      if (!reused) {
        const missing = end + rounded - memory.buffer.byteLength;
        if (missing > 0 && !grow(memory, Math.ceil(missing / PAGE))) return undefined;
        end += rounded;
        Object.assign(own, views());
      }
      registry.register(owner, block);
      return block.at;
    },
  };
  return own;
}

function grow(memory: WebAssembly.Memory, pages: number): boolean {
  try {
    memory.grow(pages);
    return true;
  } catch {
    return false;
  }
}
