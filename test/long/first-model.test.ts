/** The first lesson, as a newcomer takes it: from an editor that shows another flow to a model of one's own, step by step. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keepScreenshot, noBrowser, openBrowser } from '../support/browser.ts';
import { freePort, pumpFlow, startStudio, type Studio } from '../support/studio.ts';

describe.skipIf(noBrowser())('the first lesson', { timeout: 240_000 }, () => {
  let studio: Studio;
  let browser: Browser;
  let page: Page;
  const problems: string[] = [];
  const asked = new Set<string>();
  let pictures = 0;

  beforeAll(async () => {
    studio = await startStudio({ flow: await pumpFlow(await freePort()) });
    browser = await openBrowser();
    page = await browser.newPage({ viewport: { width: 1600, height: 900 } });
    page.on('pageerror', (error) => problems.push(String(error)));
    page.on('request', (request) => asked.add(new URL(request.url()).host));
    await page.goto(studio.url);
    await page.locator('#pump-infer').waitFor();
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    expect(await studio?.stop()).toBe(0);
  });

  const popover = () => page.locator('.red-ui-tourGuide-popover');
  const step = async (title: string) => {
    await popover()
      .locator('h2', { hasText: title })
      .waitFor({ timeout: 75_000 })
      .catch(async (late: unknown) => {
        await keepScreenshot(page, 'lesson-stuck');
        throw late;
      });
    // It slides to its place.
    await page.waitForTimeout(600);
    const box = await popover().boundingBox();
    expect([box!.x, box!.y, 1600 - box!.x - box!.width, 900 - box!.y - box!.height].filter((edge) => edge < 0)).toEqual(
      [],
    );
    const name = `lesson-${String(++pictures).padStart(2, '0')}`;
    await keepScreenshot(page, `${name}-light`);
    await page.evaluate("document.documentElement.classList.add('nr-theme-dark')");
    await keepScreenshot(page, `${name}-dark`);
    await page.evaluate("document.documentElement.classList.remove('nr-theme-dark')");
  };
  const next = () => popover().locator('.red-ui-tourGuide-toolbar button').click();
  const press = (inject: string) => page.locator(`#${inject} .red-ui-flow-node-button`).click();
  const status = (node: string) => page.locator(`#${node} .red-ui-flow-node-status-label`);
  const says = (node: string, text: string | RegExp) =>
    status(node).filter({ hasText: text }).waitFor({ timeout: 60_000 });
  /** Holds the button of a label until the lesson has seen enough. */
  const hold = async (label: string, until: string) => {
    const box = await page.locator('.millrace-hold', { hasText: label }).boundingBox();
    if (!box) throw new Error(`no button for ${label}`);
    await page.mouse.move(box.x + 60, box.y + 20);
    await page.mouse.down();
    await popover().locator('h2', { hasText: until }).waitFor({ timeout: 60_000 });
    await page.mouse.up();
  };

  it('is offered where there is no model yet, and brings its flow', async () => {
    await page.getByRole('tab', { name: 'Training' }).click();
    await page.getByRole('button', { name: 'Start the lesson' }).click();
    await step('A model of your own');
    expect(await page.locator('#first-collect').count()).toBe(1);
    await next();
    await step('Deploy the flow');
    await page.locator('#red-ui-header-button-deploy').click();
    await step('No model yet');
    await says('first-infer', /^waiting for my-/);
    await next();
  });

  it('lets one collect three labels by holding buttons', async () => {
    await step('what is healthy');
    await hold('healthy', 'Wear the bearing');
    await step('Wear the bearing');
    await press('first-wear');
    await step('a worn bearing');
    await hold('worn bearing', 'Block the inlet');
    await step('Block the inlet');
    await press('first-block');
    await step('a blocked inlet');
    await hold('blocked inlet', 'Train');
  });

  it('trains a model that is in use at once, and says how good it is', async () => {
    await step('Train');
    await page.getByRole('button', { name: 'Train', exact: true }).click();
    await step('How good is it?');
    expect(await page.locator('.millrace-headline').first().innerText()).toMatch(
      /^[\d.]+ %\s*right on \d+ examples it had not seen \(±[\d.]+\)$/,
    );
    await says('first-infer', /^blocked inlet \d+ %/);
    await says('first-train', /% right$/);
    await next();
    await step('It is in use already');
    await press('first-wear');
    await says('first-infer', /^worn bearing/);
  });

  it('is broken by what it has not seen, and mended by showing it', async () => {
    await step('Break it');
    await press('first-both');
    await step('It does not know what it does not know');
    await next();
    await step('Mend it');
    await page.getByPlaceholder('such as normal').fill('both');
    await page.getByRole('button', { name: 'Add' }).click();
    await hold('both', 'Train again');
    await step('Train again');
    await page.getByRole('button', { name: 'Train', exact: true }).click();
    await step('And now?');
    await says('first-infer', /^both/);
    await next();
    await step('Done');
    await next();
    await popover().waitFor({ state: 'detached' });
  });

  it('needs no network, and breaks nothing in the page', () => {
    expect([...asked]).toEqual([new URL(studio.url).host]);
    expect(problems).toEqual([]);
  });
});
