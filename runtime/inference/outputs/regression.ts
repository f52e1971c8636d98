import type { Regression } from '../../messages/index.ts';
import type { Manifest } from '../../models/package/index.ts';
import { numberAt, outputRows, unsuitable, withRole } from './rows.ts';
import type { ToPredictions } from './types.ts';

export function regressions(manifest: Manifest): ToPredictions {
  const output = withRole(manifest, 'value');
  return (answers, rows) => {
    if (!output) throw unsuitable(manifest);
    const values = outputRows(manifest, output, answers, rows);
    if (values.width !== 1) throw unsuitable(manifest);
    const payloads = new Array<Regression>(rows);
    for (let row = 0; row < rows; row++) payloads[row] = { value: numberAt(manifest, values, row) };
    return payloads;
  };
}
