/** Debian's or a user's Chromium, driven by playwright-core. */
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { delimiter, join, resolve } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const ELSEWHERE = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** The browser's path: CHROME_PATH, or the first that is found on PATH. */
export function findBrowser(): string | undefined {
  const onPath = (process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((place) => NAMES.map((name) => join(place, name)));
  return [process.env['CHROME_PATH'] ?? '', ...onPath, ...ELSEWHERE].find((path) => path !== '' && existsSync(path));
}

/**
 * Whether tests that need a browser are to be skipped, saying so plainly. In CI a missing browser is a failure.
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

/** Everything that would make a headless browser call home is switched off. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const openBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: findBrowser() ?? '', headless: true, args: FLAGS });

/** Screenshots that a person may look at after the tests: test/artifacts, not committed. */
export async function keepScreenshot(page: Page, name: string): Promise<void> {
  const directory = resolve(import.meta.dirname, '../artifacts');
  await mkdir(directory, { recursive: true });
  await page.screenshot({ path: join(directory, `${name}.png`) });
}
