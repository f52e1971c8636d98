/** From the sensor to the features and back: what windows, recipes, replay and the nodes around them carry. */
import { type Aim, report, type Row } from '../support/report.ts';

/** Each is a file here, with a table of its own. In turn: none is measured beside another. */
const PARTS = ['rate', 'nodes', 'lateness', 'hour'];

interface Part {
  run(): Promise<{ readonly rows: readonly Row[]; readonly aims: readonly Aim[] }>;
}

export async function run(): Promise<void> {
  const tables: Record<string, readonly Row[]> = {};
  const aims: Aim[] = [];
  for (const name of PARTS) {
    const part = (await import(`./${name}.ts`)) as Part;
    console.log(`signal: ${name}`);
    try {
      const { rows, aims: ofPart } = await part.run();
      console.table(rows);
      tables[name] = rows;
      aims.push(...ofPart);
    } catch (thrown) {
      // What the others measured counts all the same.
      console.error(thrown);
      process.exitCode = 1;
    }
  }
  await report('signal', tables, aims);
}
