/** Debian's or a user's Chromium, driven by playwright-core: for pictures and for tests. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const ELSEWHERE = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

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

/** The browser's path: CHROME_PATH, or the first that is found on PATH. */
export function findBrowser(): string | undefined {
  const places = (process.env['PATH'] ?? '').split(delimiter);
  const onPath = places.flatMap((place) => NAMES.map((name) => join(place, name)));
  return [process.env['CHROME_PATH'] ?? '', ...onPath, ...ELSEWHERE].find((path) => path !== '' && existsSync(path));
}

/** @throws {Error} if there is no browser */
export function openBrowser(): Promise<Browser> {
  const executablePath = findBrowser();
  if (executablePath === undefined) throw new Error('no Chromium was found: install one, or set CHROME_PATH');
  return chromium.launch({ executablePath, headless: true, args: FLAGS });
}
