/** Drift as a person at the sidebar meets it: the pump, whose thermometer begins to read too high. */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keepScreenshot, noBrowser, openBrowser } from '../support/browser.ts';
import { command, freePort, pumpFlow, startStudio, type Studio } from '../support/studio.ts';

const PATIENCE = { timeout: 60_000 };

describe.skipIf(noBrowser())('drift in the sidebar', { timeout: 120_000 }, () => {
  let studio: Studio;
  let browser: Browser;
  let page: Page;
  const problems: string[] = [];

  beforeAll(async () => {
    studio = await startStudio({ flow: await pumpFlow(await freePort()) });
    browser = await openBrowser();
    page = await browser.newPage({ viewport: { width: 1600, height: 1200 } });
    page.on('pageerror', (error) => problems.push(String(error)));
    await page.goto(studio.url);
    await page.locator('#pump-infer').waitFor();
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    expect(await studio?.stop()).toBe(0);
  });

  const sidebar = () => page.locator('.millrace-sidebar').first();
  const verdict = () => sidebar().locator('.millrace-drift-sheet .millrace-verdict');
  const dark = (on: boolean) =>
    page.evaluate(`document.documentElement.classList.toggle('nr-theme-dark', ${String(on)})`);

  it('says in words that all is as it was when the model was trained', async () => {
    await page.getByRole('tab', { name: 'Drift' }).click();
    await verdict().filter({ hasText: 'No drift' }).waitFor(PATIENCE);
    await sidebar().getByText('pump-health', { exact: false }).first().waitFor();
    await sidebar().locator('.millrace-course').waitFor(PATIENCE);
    await keepScreenshot(page, 'drift-part-calm-light');
  });

  it('says which feature moved, and marks the moment of the alarm', async () => {
    await page.locator('#pump-sensor-drift .red-ui-flow-node-button').click();
    await verdict()
      .filter({ hasText: /temperature/i })
      .waitFor(PATIENCE);
    // The one that drifts stands first, and its course is drawn.
    const first = sidebar().locator('.millrace-drift-feature').first();
    await first.filter({ hasText: 'mean temperature' }).waitFor(PATIENCE);
    expect(await first.locator('[aria-label=drift]').count()).toBe(1);
    await sidebar().getByRole('region', { name: 'mean temperature over time' }).waitFor();
    await sidebar()
      .locator('.millrace-course-alarm')
      .first()
      .waitFor({ state: 'attached', ...PATIENCE });
    await sidebar().locator('.millrace-drift-event-start').first().waitFor();
    await page.getByRole('tab', { name: 'Drift something has drifted' }).waitFor();
    await sidebar().getByRole('button', { name: 'hour' }).click();
    await sidebar().locator('.millrace-course').waitFor();
    await page.waitForTimeout(2_500);
    await keepScreenshot(page, 'drift-part-light');
    await dark(true);
    await keepScreenshot(page, 'drift-part-dark');
    await dark(false);
  });

  it('draws the course of another feature when it is pressed', async () => {
    const other = sidebar().locator('.millrace-drift-feature[aria-pressed=false]').first();
    const name = (await other.locator('b').innerText()).trim();
    await other.click();
    await sidebar()
      .getByRole('region', { name: `${name} over time`, exact: true })
      .waitFor(PATIENCE);
    expect(await sidebar().locator('.millrace-drift-feature[aria-pressed=true] b').innerText()).toBe(name);
  });

  it('fits into a narrow sidebar', async () => {
    await page.setViewportSize({ width: 1000, height: 1200 });
    await page.evaluate("document.querySelector('.millrace-sidebar').style.width = '250px'");
    await page.waitForTimeout(2_500);
    const overhang = await page.evaluate(
      "(() => { const e = document.querySelector('.millrace-drift-sheet'); return e.scrollWidth - e.clientWidth; })()",
    );
    expect(overhang).toBeLessThanOrEqual(1);
    await keepScreenshot(page, 'drift-part-narrow');
    await page.evaluate("document.querySelector('.millrace-sidebar').style.width = ''");
    await page.setViewportSize({ width: 1600, height: 1200 });
  });

  it('opens a report of the same in a tab of its own, which needs no script', async () => {
    const opening = page.context().waitForEvent('page');
    await sidebar().getByRole('button', { name: 'Open the report' }).click();
    const report = await opening;
    await report.getByRole('heading', { name: 'Drift report' }).waitFor();
    await report.locator('.verdict-drifting', { hasText: /temperature/i }).waitFor();
    expect(await report.locator('script').count()).toBe(0);
    expect(await report.locator('.millrace-course').count()).toBeGreaterThan(0);
    await keepScreenshot(report, 'drift-report');
    await report.close();
  });

  it('is the same on the command line, beside the running process', async () => {
    const run = (...args: readonly string[]) =>
      promisify(execFile)(process.execPath, [command, 'drift', ...args, '--user-dir', studio.userDir]);
    await expect.poll(async () => (await run('list')).stdout, PATIENCE).toMatch(/DRIFTS since/);
    const { streams } = JSON.parse((await run('list', '--json')).stdout) as { streams: { node: string }[] };
    expect(streams.map(({ node }) => node)).toEqual(['pump-drift']);
    const file = join(studio.userDir, 'pump.html');
    await run('report', 'pump-drift', '--output', file);
    expect(await readFile(file, 'utf8')).toContain('mean temperature');
  });

  it('takes what comes in now as the new normal, once that is confirmed', async () => {
    await sidebar().getByRole('button', { name: 'This is the new normal' }).click();
    await sidebar().getByRole('button', { name: 'Keep' }).click();
    expect(await verdict().innerText()).not.toContain('Learning');
    await keepScreenshot(page, 'drift-part-late');
    await sidebar().getByRole('button', { name: 'This is the new normal' }).click();
    await sidebar().getByRole('button', { name: 'Learn anew' }).click();
    await verdict().filter({ hasText: 'Learning what is normal' }).waitFor(PATIENCE);
    await keepScreenshot(page, 'drift-part-learning');
  });

  it('breaks nothing in the page', () => {
    expect(problems).toEqual([]);
  });
});
