/** A newcomer without hardware sets up a thermometer: the real server, the real editor, an empty flow. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keepScreenshot, noBrowser, openBrowser } from '../support/browser.ts';
import { until } from '../support/node-red.ts';
import { startStudio, type Studio } from '../support/studio.ts';

const patient = { timeout: 60_000 };

describe.skipIf(noBrowser())('a thermometer on a virtual board', { timeout: 180_000 }, () => {
  let studio: Studio;
  let browser: Browser;
  let page: Page;
  const wrong: string[] = [];

  beforeAll(async () => {
    studio = await startStudio({ flow: [{ id: 'tab', type: 'tab', label: 'Flow 1' }] });
    browser = await openBrowser();
    page = await browser.newPage({ viewport: { width: 1500, height: 1050 } });
    page.on('pageerror', (error) => wrong.push(String(error)));
    await page.goto(studio.url);
    await page.locator('.red-ui-palette-node[data-palette-type="sensor"]').waitFor(patient);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    expect(await studio?.stop()).toBe(0);
  });

  const card = () => page.locator('.millrace-card-board');
  const sensor = () => page.locator('.red-ui-flow-node-group').filter({ hasText: 'sensor' }).first();
  const status = () => sensor().locator('.red-ui-flow-node-status-label');
  const degrees = async () => {
    const text = (await page.locator('.millrace-card-readings output').first().innerText()).replace('−', '-');
    return Number.parseFloat(text);
  };
  const deploy = async () => {
    await page.locator('#red-ui-header-button-deploy').click();
    await page.locator('#red-ui-header-button-deploy.disabled').waitFor(patient);
  };
  /** The dialog that slid in last. */
  const tray = () => page.locator('.red-ui-tray').last();
  const openSensor = async () => {
    await sensor().dblclick();
    await page.locator('#node-input-board').waitFor(patient);
    // Trays slide in: a click on one that moves goes beside it.
    await tray().locator(':focus').waitFor(patient);
  };
  const openBoard = async (button: 'add' | 'edit') => {
    await page.locator(`#node-input-btn-board-${button}`).click();
    await page.locator('#node-config-input-kind').waitFor(patient);
    await page.locator('.millrace-board-dialog').waitFor(patient);
  };
  /** Done with both dialogs, and deployed. */
  const takeOver = async () => {
    await page.locator('#node-config-dialog-ok').click();
    await page.locator('.millrace-board-dialog').waitFor({ state: 'detached', ...patient });
    await page.locator('#node-dialog-ok').click();
    await page.locator('#node-input-board').waitFor({ state: 'detached', ...patient });
    await deploy();
  };
  const unlabelled = async () =>
    await tray()
      .locator('.red-ui-tray-body')
      .evaluate((body) =>
        [...body.querySelectorAll<HTMLInputElement>('input, select, textarea')]
          .filter(
            (field) => field.offsetParent !== null && field.type !== 'hidden' && !field.id.startsWith('red-ui-trap'),
          )
          .filter((field) => !field.labels?.length && !field.getAttribute('aria-label') && !field.title)
          .map((field) => field.id || field.className),
      );

  it('is set up from the dialog: dragged in, a board added, deployed', async () => {
    const from = await page.locator('.red-ui-palette-node[data-palette-type="sensor"]').boundingBox();
    const onto = await page.locator('#red-ui-workspace-chart').boundingBox();
    if (!from || !onto) throw new Error('nothing to drag, or nowhere to drop');
    await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
    await page.mouse.down();
    await page.mouse.move(onto.x + 250, onto.y + 140, { steps: 10 });
    await page.mouse.up();
    await openSensor();
    await page.getByLabel('Sensor', { exact: true }).selectOption('tmp36');
    await openBoard('add');
    // The first choice needs nothing that a newcomer lacks.
    expect(await page.locator('#node-config-input-kind option:checked').innerText()).toContain('no hardware needed');
    expect(await page.locator('.millrace-wiring').innerText()).toMatch(/A3\s+TMP36 thermometer/);
    expect(await unlabelled()).toEqual([]);
    await page.locator('#node-config-dialog-ok').click();
    await page.locator('.millrace-board-dialog').waitFor({ state: 'detached', ...patient });
    // Nothing is deployed yet.
    await page
      .getByLabel('Pin', { exact: true })
      .locator('option', { hasText: 'A3 · TMP36 thermometer on the motor' })
      .waitFor({ state: 'attached', ...patient });
    await keepScreenshot(page, 'sensor-new-board-light');
    await page.locator('#node-dialog-ok').click();
    await page.locator('#node-input-board').waitFor({ state: 'detached', ...patient });
    await deploy();
    await status().filter({ hasText: '°C' }).waitFor(patient);
    await card().getByText('World: pump').waitFor(patient);
    await card()
      .getByRole('row', { name: /A3 .*TMP36.* °C/ })
      .waitFor(patient);
  });

  it('is wired to another world by one setting', async () => {
    await openSensor();
    await openBoard('edit');
    await page.locator('#node-config-input-scene').selectOption('greenhouse');
    await page.locator('.millrace-wiring').filter({ hasText: 'TMP36 thermometer outside' }).waitFor(patient);
    await keepScreenshot(page, 'board-dialog-light');
    await takeOver();
    await card().getByText('World: greenhouse').waitFor(patient);
    await status().filter({ hasText: '°C' }).waitFor(patient);
  });

  it('follows the slider, in the sidebar and on the canvas', async () => {
    const slider = card().getByLabel('Weather outside');
    await slider.focus();
    await page.keyboard.press('End');
    await until(async () => (await degrees()) > 30, 'a hot day', 60_000);
    await status()
      .filter({ hasText: /^[3-5]\d(\.\d+)? °C/ })
      .waitFor(patient);
    await keepScreenshot(page, 'devices-light');
    await slider.focus();
    await page.keyboard.press('Home');
    await until(async () => (await degrees()) < 0, 'frost', 60_000);
    // What it shows is what the board says, not only what was asked of it.
    await card().locator('output:not(.millrace-waits)').filter({ hasText: '−15 °C' }).waitFor(patient);
    await page.evaluate("document.documentElement.classList.add('nr-theme-dark')");
    await keepScreenshot(page, 'devices-dark');
    await page.evaluate("document.documentElement.classList.remove('nr-theme-dark')");
  });

  it('says who uses a pin where it is pointed at, and by the keyboard', async () => {
    const pin = card().getByRole('img', { name: /^A3, .*used by sensor/ });
    await pin.focus();
    await card()
      .locator('.millrace-pointed')
      .filter({ hasText: /A3.*used by sensor/ })
      .waitFor(patient);
  });

  it('waits for hardware that is not there, says so, and comes back with the twin, its scene kept', async () => {
    await openSensor();
    await openBoard('edit');
    await page.locator('#node-config-input-kind').selectOption({ label: 'Arduino on a USB port' });
    await page.getByRole('button', { name: 'Scan', exact: true }).waitFor(patient);
    await page.locator('.millrace-port-found').filter({ hasText: /found/ }).waitFor(patient);
    expect(await unlabelled()).toEqual([]);
    await page.getByLabel('or write its name').fill('/dev/serial/by-id/usb-none-of-ours');
    await keepScreenshot(page, 'board-serial-light');
    await takeOver();
    await card()
      .getByText(/Not connected for/)
      .waitFor(patient);
    await card().getByText('usb-none-of-ours').first().waitFor(patient);
    await keepScreenshot(page, 'board-away-light');

    await openSensor();
    await openBoard('edit');
    await page.locator('#node-config-input-kind').selectOption({ label: 'virtual: no hardware needed' });
    expect(await page.locator('#node-config-input-scene').inputValue()).toBe('greenhouse');
    await takeOver();
    await status().filter({ hasText: '°C' }).waitFor(patient);
    expect(wrong).toEqual([]);
  });
});
