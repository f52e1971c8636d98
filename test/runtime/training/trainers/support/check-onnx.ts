import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { python } from './python.ts';

const SCRIPT = `
import json, sys, onnx
found = []
for path in json.load(sys.stdin):
    try:
        model = onnx.load(path)
        onnx.checker.check_model(model, full_check=True)
        opsets = {one.domain: one.version for one in model.opset_import}
        if model.ir_version != 8 or opsets.get('', 0) > 17 or opsets.get('ai.onnx.ml', 0) > 3:
            found.append(f'{path}: IR {model.ir_version}, opsets {opsets}')
    except Exception as problem:
        found.append(f'{path}: {problem}')
print(json.dumps(found))
`;

/** What the checker of python3-onnx says against models. @param models by a name that shows which it is */
export function checkOnnx(models: ReadonlyMap<string, Uint8Array>): string[] {
  const directory = mkdtempSync(join(tmpdir(), 'millrace-checker-'));
  try {
    const paths = [...models].map(([name, bytes]) => {
      const path = join(directory, `${name.replaceAll(/\W+/g, '-')}.onnx`);
      writeFileSync(path, bytes);
      return path;
    });
    return python(SCRIPT, paths) as string[];
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
