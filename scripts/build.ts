// npm run build
import { buildIfStale } from './build/index.ts';
import { BuildError, toStderr } from './build/report.ts';

try {
  if (!(await buildIfStale(toStderr))) toStderr('Nothing is out of date.');
} catch (error) {
  if (!(error instanceof BuildError)) throw error;
  toStderr(`The build failed:\n${error.message}`);
  process.exitCode = 1;
}
