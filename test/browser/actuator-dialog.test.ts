/** An actuator's dialog, drawn from the catalogue: what it says of the chosen board, and what it saves, without a mouse. */
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keepScreenshot, noBrowser, openBrowser } from '../support/browser.ts';
import type { FlowNode } from '../support/node-red.ts';
import { startStudio, type Studio } from '../support/studio.ts';

const flow: FlowNode[] = [
  { id: 'tab', type: 'tab', label: 'Flow 1' },
  { id: 'house-board', type: 'board', name: 'house', kind: 'virtual', scene: 'greenhouse', seed: 1 },
  {
    id: 'arm',
    type: 'actuator',
    z: 'tab',
    name: '',
    board: 'house-board',
    kind: 'led',
    pin: 'D13',
    x: 200,
    y: 100,
    wires: [],
  },
];

describe.skipIf(noBrowser())('the dialog of an actuator', { timeout: 120_000 }, () => {
  let studio: Studio;
  let browser: Browser;
  let page: Page;
  const wrong: string[] = [];

  beforeAll(async () => {
    studio = await startStudio({ flow });
    browser = await openBrowser();
    page = await browser.newPage({ viewport: { width: 1366, height: 900 } });
    page.on('pageerror', (error) => wrong.push(String(error)));
    await page.goto(studio.url);
    await page.locator('#arm').waitFor();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    expect(await studio?.stop()).toBe(0);
  });

  const tray = () => page.locator('.red-ui-tray').last();
  const field = (label: string) => tray().getByLabel(label, { exact: true });
  const open = async () => {
    await page.evaluate("RED.view.select({ nodes: [RED.nodes.node('arm')] })");
    await page.locator('#red-ui-workspace-chart').focus();
    await page.keyboard.press('Enter');
    await page.locator('#dialog-form').waitFor();
    await page.waitForFunction("document.getAnimations().every(({ playState }) => playState !== 'running')");
    await page.waitForFunction("document.activeElement?.closest('#red-ui-editor-stack')");
  };
  const tabTo = async (wanted: Locator) => {
    for (let presses = 0; presses < 60; presses++) {
      await page.keyboard.press('Tab');
      if (await wanted.evaluate((element) => element === document.activeElement)) return;
    }
    throw new Error(`Tab does not lead to ${String(wanted)}`);
  };
  const text = () => tray().locator('.millrace-component').innerText();
  const saved = async () => {
    const answer = await fetch(`${studio.url}/flows`);
    return ((await answer.json()) as FlowNode[]).find(({ id }) => id === 'arm');
  };
  const deployed = async () => {
    await page.keyboard.press('Control+Enter');
    await tray().waitFor({ state: 'detached' });
    const answered = page.waitForResponse(
      (response) => response.request().method() === 'POST' && /flows$/.test(response.url()),
    );
    await page.keyboard.press('Control+d');
    expect((await answered).ok()).toBe(true);
  };

  it('has what an older flow had, and says what it takes and when it is off', async () => {
    await open();
    expect(await field('Actuator').inputValue()).toBe('led');
    expect(await field('Pin').inputValue()).toBe('D13');
    expect(await text()).toMatch(/Takes true or false, or a brightness from 0 to 1\..*switched off.*330 Ω/s);
    await tray().getByText('On D13 the scene has: grow lamp.').waitFor();
  });

  it('chooses the pin on which the scene has one, and shows its options with unit and bounds', async () => {
    await tabTo(field('Search'));
    await page.keyboard.type('servo');
    await tray().getByText('Chosen: servo.').waitFor();
    expect(await field('Actuator').inputValue()).toBe('servo');
    await page.keyboard.type(' what');
    await tray().getByText('Nothing is called that. Still chosen: servo.').waitFor();
    await page.keyboard.press('Escape');
    expect(await field('Search').inputValue()).toBe('');
    await page.keyboard.type('pca');
    await page.keyboard.press('Enter');
    await tray().getByText('Chosen: LED on a PCA9685.').waitFor();
    await page.keyboard.press('Escape');
    await field('Actuator').selectOption('servo');
    expect(await field('Pin').inputValue()).toBe('D9');
    await tray().getByText('On D9 the scene has: window: 0° closed, 90° wide open.').waitFor();
    expect(await text()).toMatch(/Pulse at 0°\s+µs \(544 to 2400\)/);
    expect(await text()).toMatch(/it is set to 90°/);
    await tabTo(field('Angle then'));
    await page.keyboard.press('Control+A');
    await page.keyboard.type('5');
    await tray().getByText('it is set to 5°').waitFor();
    const unlabelled = await tray()
      .locator('.red-ui-tray-body')
      .evaluate((body) =>
        [...body.querySelectorAll<HTMLInputElement>('input, select')]
          .filter((each) => each.offsetParent !== null && !each.id.startsWith('red-ui-trap'))
          .filter((each) => !each.labels?.length && !each.getAttribute('aria-label') && !each.title)
          .map((each) => each.id || each.className),
      );
    expect(unlabelled).toEqual([]);
    await keepScreenshot(page, 'actuator-servo-light');
    await page.evaluate("document.documentElement.classList.add('nr-theme-dark')");
    await keepScreenshot(page, 'actuator-servo-dark');
    await page.evaluate("document.documentElement.classList.remove('nr-theme-dark')");
    await deployed();
    const node = await saved();
    expect(node).toMatchObject({ kind: 'servo', pins: ['D9'], options: { stopAngle: 5 }, format: 1 });
    expect(node).not.toHaveProperty('pin');
  });

  it('finds the display of the scene, and says which chip is not there and what the firmware cannot do', async () => {
    await open();
    await field('Actuator').selectOption('lcd-pcf8574');
    await tray().getByText('The scene has one at 0x27.').waitFor();
    await keepScreenshot(page, 'actuator-lcd-light');
    await field('Actuator').selectOption('matrix-ht16k33');
    await tray().getByText('Nothing like it is at 0x70 on this virtual board').waitFor();
    await field('Actuator').selectOption('stepper-driver');
    await tray().getByText('cannot do stepper motors').waitFor();
    await field('Actuator').selectOption('rgb');
    await tray().getByLabel('Pin: Green', { exact: true }).selectOption('D9');
    await tray().getByLabel('Pin: Red', { exact: true }).selectOption('D9');
    await tray().getByText('Two wires are on D9').waitFor();
    await keepScreenshot(page, 'actuator-wrong-light');
    await page.keyboard.press('Control+Escape');
    await tray().waitFor({ state: 'detached' });
    expect(wrong).toEqual([]);
  });
});
