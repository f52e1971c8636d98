import * as wasm from './assembler.ts';

/** Chains that are walked side by side: a step waits for memory, and four steps wait together. */
const CHAINS = 4;

const { I32, add, get, int, set } = wasm;
const chains = <T>(f: (chain: number) => T): T[] => Array.from({ length: CHAINS }, (_, chain) => f(chain));

/**
 * Nodes are threshold (float32), feature (bytes), child (address), tag; at `roots` lies for each tree the address of its root. A
 * step is child + 16 · (x ≤ threshold); a leaf is its own child. Where leaves are added up, their tag is the address of what they
 * give: vectors of four targets.
 */
export function walkKernels(): wasm.WasmFunction[] {
  return [walkRows(), walkTrees(), sumRows(), sumTrees()];
}

/** Takes `steps` steps, and then as many as it takes until each chain is at a leaf. */
function walk(nodes: number, rowOf: (chain: number) => wasm.Code, left: number, steps: number): wasm.Code {
  const child = (chain: number) => wasm.loadInt(get(nodes + chain), 8);
  const step = chains((chain) => {
    const value = wasm.loadFloat(add(rowOf(chain), wasm.loadInt(get(nodes + chain), 4)));
    const yes = wasm.atMost(value, wasm.loadFloat(get(nodes + chain)));
    return set(nodes + chain, add(child(chain), wasm.shiftLeft(yes, int(4))));
  }).flat();
  const arrived = chains((chain) => wasm.equal(child(chain), get(nodes + chain))).reduce(wasm.both);
  return [
    ...set(left, get(steps)),
    ...wasm.whileTrue(get(left), step, set(left, wasm.subtract(get(left), int(1)))),
    ...wasm.whileTrue(wasm.equal(arrived, int(0)), step),
  ];
}

function walkRows(): wasm.WasmFunction {
  const [roots, trees, x, stride, rows, leaves, leafStride, steps] = [0, 1, 2, 3, 4, 5, 6, 7];
  const [row, from, to, left, nodes] = [8, 9, 10, 11, 12];
  const rowOf = (chain: number) => add(get(from), wasm.multiply(get(stride), int(chain)));
  return {
    name: 'walkRows',
    parameters: new Array<number>(8).fill(I32),
    locals: new Array<number>(4 + CHAINS).fill(I32),
    body: wasm.whileTrue(
      get(trees),
      set(row, get(rows)),
      set(from, get(x)),
      set(to, get(leaves)),
      wasm.whileTrue(
        get(row),
        ...chains((chain) => set(nodes + chain, wasm.loadInt(get(roots)))),
        walk(nodes, rowOf, left, steps),
        ...chains((chain) => wasm.storeInt(add(get(to), int(4 * chain)), wasm.loadInt(get(nodes + chain), 12))),
        set(from, add(get(from), wasm.multiply(get(stride), int(CHAINS)))),
        set(to, add(get(to), int(4 * CHAINS))),
        set(row, wasm.subtract(get(row), int(CHAINS))),
      ),
      set(roots, add(get(roots), int(4))),
      set(leaves, add(get(leaves), get(leafStride))),
      set(trees, wasm.subtract(get(trees), int(1))),
    ),
  };
}

function walkTrees(): wasm.WasmFunction {
  const [roots, trees, x, leaves, leafStride, steps] = [0, 1, 2, 3, 4, 5];
  const [left, nodes] = [6, 7];
  return {
    name: 'walkTrees',
    parameters: new Array<number>(6).fill(I32),
    locals: new Array<number>(1 + CHAINS).fill(I32),
    body: wasm.whileTrue(
      get(trees),
      ...chains((chain) => set(nodes + chain, wasm.loadInt(get(roots), 4 * chain))),
      walk(nodes, () => get(x), left, steps),
      ...chains((chain) => [
        ...wasm.storeInt(get(leaves), wasm.loadInt(get(nodes + chain), 12)),
        ...set(leaves, add(get(leaves), get(leafStride))),
      ]),
      set(roots, add(get(roots), int(4 * CHAINS))),
      set(trees, wasm.subtract(get(trees), int(CHAINS))),
    ),
  };
}

/** Adds the leaf's vectors to the sums at `to`. */
function addLeaf(node: number, to: wasm.Code, vectors: number, left: number, from: number, into: number): wasm.Code {
  return [
    ...set(from, wasm.loadInt(get(node), 12)),
    ...set(into, to),
    ...set(left, get(vectors)),
    ...wasm.whileTrue(
      get(left),
      wasm.storeFours(get(into), wasm.addFours(wasm.loadFours(get(into)), wasm.loadFours(get(from))), 0),
      set(from, add(get(from), int(16))),
      set(into, add(get(into), int(16))),
      set(left, wasm.subtract(get(left), int(1))),
    ),
  ];
}

function sumRows(): wasm.WasmFunction {
  const [roots, trees, x, stride, rows, sums, vectors, steps] = [0, 1, 2, 3, 4, 5, 6, 7];
  const [row, from, to, left, leaf, into, nodes] = [8, 9, 10, 11, 12, 13, 14];
  const rowOf = (chain: number) => add(get(from), wasm.multiply(get(stride), int(chain)));
  const width = wasm.shiftLeft(get(vectors), int(4));
  return {
    name: 'sumRows',
    parameters: new Array<number>(8).fill(I32),
    locals: new Array<number>(6 + CHAINS).fill(I32),
    body: wasm.whileTrue(
      get(trees),
      set(row, get(rows)),
      set(from, get(x)),
      set(to, get(sums)),
      wasm.whileTrue(
        get(row),
        ...chains((chain) => set(nodes + chain, wasm.loadInt(get(roots)))),
        walk(nodes, rowOf, left, steps),
        ...chains((chain) => [
          ...addLeaf(nodes + chain, get(to), vectors, left, leaf, into),
          ...set(to, add(get(to), width)),
        ]),
        set(from, add(get(from), wasm.multiply(get(stride), int(CHAINS)))),
        set(row, wasm.subtract(get(row), int(CHAINS))),
      ),
      set(roots, add(get(roots), int(4))),
      set(trees, wasm.subtract(get(trees), int(1))),
    ),
  };
}

function sumTrees(): wasm.WasmFunction {
  const [roots, trees, x, sums, vectors, steps] = [0, 1, 2, 3, 4, 5];
  const [left, leaf, into, nodes] = [6, 7, 8, 9];
  return {
    name: 'sumTrees',
    parameters: new Array<number>(6).fill(I32),
    locals: new Array<number>(3 + CHAINS).fill(I32),
    body: wasm.whileTrue(
      get(trees),
      ...chains((chain) => set(nodes + chain, wasm.loadInt(get(roots), 4 * chain))),
      walk(nodes, () => get(x), left, steps),
      ...chains((chain) => addLeaf(nodes + chain, get(sums), vectors, left, leaf, into)),
      set(roots, add(get(roots), int(4 * CHAINS))),
      set(trees, wasm.subtract(get(trees), int(CHAINS))),
    ),
  };
}
