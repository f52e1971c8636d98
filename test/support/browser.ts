/** The browser of the tests: where there is none, it is said plainly; in CI that is a failure. */
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { findBrowser } from '../../scripts/browser.ts';

export { findBrowser, openBrowser } from '../../scripts/browser.ts';

/**
 * Whether tests that need a browser are to be skipped, saying so plainly.
 *
 * @throws {Error} in CI, if there is no browser
 */
export function noBrowser(): boolean {
  if (findBrowser() !== undefined) return false;
  const message =
    'SKIPPED: the browser tests. No Chromium was found. Install one (Debian: apt-get install chromium) or set CHROME_PATH.';
  if (process.env['CI']) throw new Error(message);
  process.stderr.write(`\n${message}\n\n`);
  return true;
}

/** Screenshots that a person may look at after the tests: test/artifacts, not committed. */
export async function keepScreenshot(page: Page, name: string): Promise<void> {
  const directory = resolve(import.meta.dirname, '../artifacts');
  await mkdir(directory, { recursive: true });
  await page.screenshot({ path: join(directory, `${name}.png`) });
}
