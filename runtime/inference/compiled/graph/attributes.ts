import type { OnnxAttribute, OnnxNode, OnnxTensor } from '../../../onnx-format/index.ts';

/** A node's attributes by name, with the operator's defaults. */
export interface Attributes {
  int(name: string, standard: number): number;
  float(name: string, standard: number): number;
  text(name: string, standard: string): string;
  /** Empty if it is not there. */
  ints(name: string): number[];
  longs(name: string): readonly bigint[];
  floats(name: string): readonly number[];
  texts(name: string): string[];
  tensor(name: string): OnnxTensor | undefined;
  has(name: string): boolean;
}

const utf8 = new TextDecoder();

export function attributesOf({ attributes }: OnnxNode): Attributes {
  const find = (name: string): OnnxAttribute | undefined => attributes.find((each) => each.name === name);
  return {
    int(name, standard) {
      const found = find(name);
      return found ? Number(found.i) : standard;
    },
    float: (name, standard) => find(name)?.f ?? standard,
    text(name, standard) {
      const found = find(name);
      return found ? utf8.decode(found.s) : standard;
    },
    ints: (name) => (find(name)?.ints ?? []).map(Number),
    longs: (name) => find(name)?.ints ?? [],
    floats: (name) => find(name)?.floats ?? [],
    texts: (name) => (find(name)?.strings ?? []).map((each) => utf8.decode(each)),
    tensor: (name) => find(name)?.t,
    has: (name) => find(name) !== undefined,
  };
}
