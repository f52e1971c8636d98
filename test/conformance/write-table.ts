/** Writes not-run.json anew: `node test/conformance/write-table.ts`. Every line that changes wants a look. */
import { writeFileSync } from 'node:fs';
import { caseNames } from './cases.ts';
import { TABLE, toTable } from './not-run.ts';
import { runAll } from './run-all.ts';

writeFileSync(TABLE, `${JSON.stringify(toTable(await runAll(caseNames())), undefined, 2)}\n`);
