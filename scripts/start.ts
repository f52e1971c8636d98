// npm start: the `millrace` command's start, on a user directory in the checkout.
import { runMillrace } from './run-millrace.ts';

await runMillrace(['start', ...process.argv.slice(2)]);
