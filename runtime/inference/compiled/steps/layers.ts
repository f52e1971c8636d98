import type { Step } from '../graph/step.ts';
import type { Slot } from '../graph/value.ts';
import { type Arena, arena, HALF } from '../wasm/arena.ts';
import { PANEL } from '../wasm/dense-kernel.ts';
import type { Dense } from './dense.ts';

/** Multiply-adds a vector from which on WebAssembly pays for bringing the values there and back. */
const LEAST = 128;

interface Layer {
  readonly weights: number;
  readonly bias: number;
  readonly inputs: number;
  readonly panels: number;
  readonly lowest: number;
  readonly activation: Dense['activation'];
}

/** Dense layers one after the other, as WebAssembly with vectors of four; values stay in its memory in between. */
export class Layers implements Step {
  readonly reads: readonly Slot[];
  readonly writes: readonly Slot[];
  readonly steps: readonly Dense[];

  constructor(steps: readonly Dense[]) {
    this.steps = steps;
    this.reads = steps[0]?.reads ?? [];
    this.writes = steps.at(-1)?.writes ?? [];
  }

  get cost(): number {
    return this.steps.reduce((sum, { cost }) => sum + cost, 0);
  }

  get words(): string {
    return `dense ${[this.steps[0]?.inputs, ...this.steps.map(({ outputs }) => outputs)].join('-')}`;
  }

  /** Whether these may run so, `rows` rows at a time. */
  static fit(steps: readonly Dense[], rows: number): boolean {
    const weights = steps.reduce((sum, step) => sum + step.weights.length, 0);
    const widest = Math.max(
      ...steps.flatMap(({ inputs, outputs, vectors }) => [vectors * (inputs + PANEL), vectors * (outputs + PANEL)]),
    );
    const floats = steps.every(({ reads }) => reads[0]?.precision === 'float32');
    return floats && weights >= LEAST && 4 * widest * rows <= HALF && arena() !== undefined;
  }

  link(): (rows: number) => void {
    const own = arena();
    const layers = own && this.upload(own);
    return own && layers ? this.inArena(own, layers) : this.inTurn();
  }

  private inArena(own: Arena, layers: readonly Layer[]): (rows: number) => void {
    const { kernels } = own;
    const [[first], last] = [this.steps as readonly [Dense], this.steps.at(-1) as Dense];
    const { vectors, inputs } = first;
    const { outputs } = last;
    const x = (first.reads[0] as Slot).array;
    const y = (last.writes[0] as Slot).array;
    return (rows) => {
      const count = rows * vectors;
      let from = own.first;
      let to = own.second;
      for (let at = 0; at < count * inputs; at++) from[at] = x[at] as number;
      let stride = 4 * inputs;
      for (const layer of layers) {
        const wide = 4 * PANEL * layer.panels;
        const { byteOffset } = from;
        kernels.dense(
          byteOffset,
          stride,
          layer.weights,
          layer.bias,
          to.byteOffset,
          wide,
          count,
          layer.inputs,
          layer.panels,
          layer.lowest,
        );
        layer.activation?.apply(to, to, (count * wide) / 4);
        [from, to] = [to, from];
        stride = wide;
      }
      const step = stride / 4;
      for (let row = 0, at = 0; row < count; row++) {
        for (let place = row * step; place < row * step + outputs; place++, at++) y[at] = from[place] as number;
      }
    };
  }

  /** Where there is no memory left for the weights. */
  private inTurn(): (rows: number) => void {
    const rows = (this.reads[0] as Slot).array.length / (this.reads[0] as Slot).width;
    for (const { writes } of this.steps.slice(0, -1)) {
      for (const slot of writes) slot.array = new Float32Array(slot.width * rows);
    }
    const loops = this.steps.map((step) => step.link());
    return (count) => loops.forEach((loop) => loop(count));
  }

  private upload(own: Arena): Layer[] | undefined {
    // What runs holds this list, and so the memory.
    const layers: Layer[] = [];
    for (const step of this.steps) {
      const { inputs, outputs, bias, weights, activation } = step;
      const panels = Math.ceil(outputs / PANEL);
      const at = own.keep(4 * panels * PANEL * (inputs + 1), layers);
      if (at === undefined) return undefined;
      const start = at / 4;
      own.floats.fill(0, start, start + panels * PANEL * (inputs + 1));
      for (let o = 0; o < outputs; o++) {
        own.floats[start + o] = bias?.[o] ?? 0;
        const column = start + panels * PANEL + Math.floor(o / PANEL) * PANEL * inputs + (o % PANEL);
        for (let i = 0; i < inputs; i++) own.floats[column + i * PANEL] = weights[i * outputs + o] as number;
      }
      const lowest = activation?.lowest;
      const rest = lowest === undefined ? activation : undefined;
      const weightsAt = at + 4 * panels * PANEL;
      layers.push({ weights: weightsAt, bias: at, inputs, panels, lowest: lowest ?? -Infinity, activation: rest });
    }
    return layers;
  }
}
