import { describe, expect, it } from 'vitest';
import { caseNames, hasCases } from './cases.ts';
import { expectedTable, LOCALE, toTable } from './not-run.ts';
import { runAll } from './run-all.ts';

// In CI the package must be there; elsewhere it may not be: apt-get install libonnx-testdata.
const skipped = !hasCases && !process.env['CI'];

describe.skipIf(skipped)("ONNX's own test cases (Debian's libonnx-testdata)", () => {
  it('are there', () => {
    expect(hasCases, 'run: apt-get install libonnx-testdata').toBe(true);
    expect(caseNames().length).toBeGreaterThan(1000);
  });

  it(
    'pass through reading, writing and the native tier, but for those in not-run.json, each for the reason given there',
    { timeout: 180_000 },
    async () => {
      const reasons = await runAll(caseNames());
      const { [LOCALE]: _here, ...actual } = toTable(reasons);
      const { [LOCALE]: _elsewhere, ...expected } = expectedTable();
      expect(actual).toEqual(expected);
    },
  );

  it('are none of them missed because of Millrace', () => {
    expect(Object.keys(expectedTable()).filter((reason) => reason.startsWith('Millrace:'))).toEqual([]);
  });
});
