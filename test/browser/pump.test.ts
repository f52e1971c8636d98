/** The demo, as a newcomer at a browser meets it: the real server, the real editor, the shipped flow. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keepScreenshot, noBrowser, openBrowser } from '../support/browser.ts';
import { freePort, pumpFlow, startStudio, type Studio } from '../support/studio.ts';

const OURS = ['sensors', 'prepare', 'learn & predict', 'monitor', 'cloud'];

describe.skipIf(noBrowser())('the pump demo in the editor', () => {
  let studio: Studio;
  let browser: Browser;
  let page: Page;
  /** Addresses that the page asked for. */
  const asked = new Set<string>();

  beforeAll(async () => {
    studio = await startStudio({ flow: await pumpFlow(await freePort()) });
    browser = await openBrowser();
    page = await browser.newPage({ viewport: { width: 1600, height: 900 } });
    page.on('request', (request) => asked.add(new URL(request.url()).host));
    await page.goto(studio.url);
    await page.locator('#pump-infer').waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    expect(await studio?.stop()).toBe(0);
  });

  const press = (inject: string) => page.locator(`#${inject} .red-ui-flow-node-button`).click();
  const status = (node: string) => page.locator(`#${node} .red-ui-flow-node-status-label`);
  const answer = () => page.locator('.millrace-answer strong');
  const has = async (locator: ReturnType<Page['locator']>, text: string | RegExp) => {
    await locator.filter({ hasText: text }).first().waitFor({ timeout: 60_000 });
  };

  it('shows our categories first in the palette, each with its nodes', async () => {
    const titles = await page.locator('.red-ui-palette-header:visible').allInnerTexts();
    expect(titles.slice(0, OURS.length).map((title) => title.trim())).toEqual(OURS);
    for (const type of ['pins', 'sensor', 'actuator', 'window', 'features', 'infer', 'drift', 'upload']) {
      expect(await page.locator(`.red-ui-palette-node[data-palette-type="${type}"]`).count(), type).toBe(1);
    }
  });

  it('predicts a healthy pump, in the status, the sidebar and the LED', async () => {
    await has(status('pump-infer'), /^healthy \d+ %$/);
    await has(answer(), 'healthy');
    await has(page.locator('.millrace-card-board'), 'LED off');
    await has(page.locator('.millrace-card-drift'), 'no drift');
    await has(page.locator('.millrace-card-outbox'), /delivered/);
    await has(status('pump-debug-arrives'), 'healthy');
    await keepScreenshot(page, 'healthy-light');
  });

  it('predicts in an infer node that was just dragged in and wired', async () => {
    const canvas = page.locator('#red-ui-workspace-chart');
    const from = await page.locator('.red-ui-palette-node[data-palette-type="infer"]').boundingBox();
    const onto = await canvas.boundingBox();
    if (!from || !onto) throw new Error('nothing to drag, or nowhere to drop');
    await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
    await page.mouse.down();
    await page.mouse.move(onto.x + 760, onto.y + 520, { steps: 10 });
    await page.mouse.up();
    const added = page.locator('.red-ui-flow-node-group').filter({ hasText: 'infer' }).last();
    const id = await added.getAttribute('id');
    const output = await page.locator('#pump-features .red-ui-flow-port-output .red-ui-flow-port').boundingBox();
    const input = await page.locator(`[id="${id}"] .red-ui-flow-port-input .red-ui-flow-port`).boundingBox();
    if (!output || !input) throw new Error('no ports to wire');
    await page.mouse.move(output.x + output.width / 2, output.y + output.height / 2);
    await page.mouse.down();
    await page.mouse.move(input.x + input.width / 2, input.y + input.height / 2, { steps: 10 });
    await page.mouse.up();
    await page.locator('#red-ui-header-button-deploy').click();
    await page
      .locator(`[id="${id}"] .red-ui-flow-node-status-label`)
      .filter({ hasText: /^healthy \d+ %$/ })
      .waitFor();
    await has(status('pump-infer'), /^healthy/);
  });

  it('says so when the bearing is worn: status, sidebar, LED and the board’s light', async () => {
    await press('pump-wear');
    await has(status('pump-infer'), /^worn bearing/);
    await has(answer(), 'worn bearing');
    await has(page.locator('.millrace-card-board'), 'LED on');
    await has(status('pump-led'), 'on');
    await has(status('pump-debug-arrives'), 'worn bearing');
    // Its vibration drifts as well, a few seconds later: mended before that, it would not.
    await has(status('pump-drift'), /^drift/);
    await keepScreenshot(page, 'worn-light');
    await press('pump-mend');
    await has(status('pump-infer'), /^healthy/);
    await has(page.locator('.millrace-card-board'), 'LED off');
    // It takes as long to leave the window as it took to enter it, and longer.
    await has(status('pump-drift'), 'no drift');
  });

  it('raises the alarm when the temperature sensor drifts, though the pump is healthy', async () => {
    await has(status('pump-drift'), 'no drift');
    await press('pump-sensor-drift');
    await has(status('pump-drift'), /^drift: .*temp/);
    await has(page.locator('.millrace-verdict-drifting'), /^mean temperature is .* higher/);
    await has(page.locator('.red-ui-debug-msg'), /drift began: mean_temperature/);
    await has(answer(), 'healthy');
    await keepScreenshot(page, 'drift-light');
  });

  it('is legible in the dark theme', async () => {
    // What Node-RED's own setting "Dark theme" does.
    await page.evaluate("document.documentElement.classList.add('nr-theme-dark')");
    await has(answer(), 'healthy');
    const contrast = await answer()
      .first()
      .evaluate((element) => {
        const style = getComputedStyle(element);
        let at: Element | null = element;
        let behind = 'rgba(0, 0, 0, 0)';
        while (at && /, 0\)$/.test(behind)) {
          behind = getComputedStyle(at).backgroundColor;
          at = at.parentElement;
        }
        return { text: style.color, behind };
      });
    expect(brightness(contrast.text)).toBeGreaterThan(brightness(contrast.behind) + 0.5);
    await keepScreenshot(page, 'drift-dark');
  });

  it('opens every dialog from the keyboard, with every field labelled', async () => {
    for (const id of [
      'pump-pins',
      'pump-window',
      'pump-features',
      'pump-infer',
      'pump-drift',
      'pump-upload',
      'pump-led',
    ]) {
      await page.evaluate(`RED.view.select({ nodes: [RED.nodes.node('${id}')] })`);
      await page.locator('#red-ui-workspace-chart').focus();
      await page.keyboard.press('Enter');
      const tray = page.locator('.red-ui-tray');
      await tray.waitFor();
      // The dialog takes the keyboard once it has slid in.
      await tray.locator(':focus').waitFor();
      const unlabelled = await tray.locator('.red-ui-tray-body').evaluate((body) =>
        [...body.querySelectorAll<HTMLInputElement>('input, select, textarea')]
          .filter(
            (field) => field.offsetParent !== null && field.type !== 'hidden' && !field.id.startsWith('red-ui-trap'),
          )
          .filter((field) => !field.labels?.length && !field.getAttribute('aria-label') && !field.title)
          .map((field) => field.id || field.className),
      );
      expect(unlabelled, id).toEqual([]);
      await page.keyboard.press('Control+Escape');
      await tray.waitFor({ state: 'detached' });
    }
  }, 60_000);

  it('asks nobody but its own server for anything', () => {
    expect([...asked]).toEqual([new URL(studio.url).host]);
  });
});

/** 0 black, 1 white. */
function brightness(colour: string): number {
  const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).map(Number);
  return (red + green + blue) / 3 / 255;
}
