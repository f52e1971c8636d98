import { describe, expect, it } from 'vitest';
import { compile, type CompiledModel, NotCompilable } from '../../../../runtime/inference/compiled/index.ts';
import { readOnnx } from '../../../../runtime/onnx-format/index.ts';
import { caseNames, caseValues, feedsOf, hasCases, modelBytes } from '../../../conformance/cases.ts';
import { difference } from '../../../conformance/compare.ts';

/** Undefined: not claimed, or nothing that onnx-format reads. */
function claimed(name: string): CompiledModel | undefined {
  const model = (() => {
    try {
      return readOnnx(modelBytes(name));
    } catch {
      return undefined;
    }
  })();
  try {
    return model && compile(model);
  } catch (thrown) {
    if (thrown instanceof NotCompilable) return undefined;
    throw thrown;
  }
}

describe.skipIf(!hasCases)("ONNX's own cases", () => {
  it('are passed wherever the compiled tier takes the model', () => {
    const problems: string[] = [];
    let passed = 0;
    for (const name of caseNames()) {
      const model = claimed(name);
      if (!model) continue;
      for (const set of caseValues(name)) {
        const answers = model.run(feedsOf(model.inputs, set));
        set.outputs.forEach((expected, index) => {
          const problem = difference(answers[model.outputs[index] ?? ''], expected);
          if (problem !== undefined) problems.push(`${name}: ${problem}`);
        });
      }
      passed++;
    }
    expect(problems).toEqual([]);
    expect(passed).toBeGreaterThan(100);
  });
});
