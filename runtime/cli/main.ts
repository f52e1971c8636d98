#!/usr/bin/env node
/** The `millrace` command. Only what a command needs is loaded, so that --help answers at once. */
import { keepHeapSmall } from './small-heap.ts';

keepHeapSmall();
const { run } = await import('./run.ts');
process.exitCode = await run(process.argv.slice(2));
