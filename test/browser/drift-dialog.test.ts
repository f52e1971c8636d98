/** The dialog of drift: what is asked first, what is folded away, and the button that lets it learn anew. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keepScreenshot, noBrowser, openBrowser } from '../support/browser.ts';
import { freePort, pumpFlow, startStudio, type Studio } from '../support/studio.ts';

describe.skipIf(noBrowser())('the dialog of drift', () => {
  let studio: Studio;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    studio = await startStudio({ flow: await pumpFlow(await freePort()) });
    browser = await openBrowser();
    page = await browser.newPage({ viewport: { width: 1366, height: 1000 } });
    await page.goto(studio.url);
    await page.locator('#pump-drift').waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    expect(await studio?.stop()).toBe(0);
  });

  const status = (text: string | RegExp) =>
    page.locator('#pump-drift .red-ui-flow-node-status-label').filter({ hasText: text }).waitFor();

  it('asks for little, folds the rest away, and lets the running node learn anew', async () => {
    await status('no drift');
    await page.evaluate("RED.view.select({ nodes: [RED.nodes.node('pump-drift')] })");
    await page.locator('#red-ui-workspace-chart').focus();
    await page.keyboard.press('Enter');
    await page.locator('#dialog-form').waitFor();
    const field = (name: string) => page.locator(`#node-input-${name}`);
    expect(await field('falseAlarms').inputValue()).toBe('month');
    expect(await field('window').isVisible()).toBe(false);
    await keepScreenshot(page, 'drift-dialog');
    await page.locator('.millrace-more > summary').click();
    expect(await field('faults').isChecked()).toBe(true);
    await keepScreenshot(page, 'drift-dialog-more');
    await page.getByRole('button', { name: 'What comes now is normal' }).click();
    await page.locator('#drift-relearned').filter({ hasText: 'It learns anew.' }).waitFor();
    await page.keyboard.press('Escape');
    await status(/^learning \d+\/1000$/);
  });
});
