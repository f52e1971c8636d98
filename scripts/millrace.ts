// npm run millrace -- …: the `millrace` command, on a user directory in the checkout.
import { runMillrace } from './run-millrace.ts';

await runMillrace(process.argv.slice(2));
