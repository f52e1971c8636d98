/** The dialog of features: a recipe put together while one looks at what it makes of the running pump. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keepScreenshot, noBrowser, openBrowser } from '../support/browser.ts';
import { type FlowNode, until } from '../support/node-red.ts';
import { watchLive, type Watching } from '../support/live.ts';
import { freePort, pumpFlow, startStudio, type Studio } from '../support/studio.ts';

describe.skipIf(noBrowser())('the dialog of features', () => {
  let studio: Studio;
  let browser: Browser;
  let page: Page;
  let live: Watching;

  beforeAll(async () => {
    // Besides the pump's own, one that nothing is wired to, in the shape of an older Millrace.
    const old = {
      ...{ id: 'old', type: 'features', z: 'pump', name: '', from: 'own', model: '', property: 'payload' },
      rows: [{ measure: 'bands', channels: 'x', edges: '0, 10, 50' }],
      ...{ x: 600, y: 600, wires: [] },
    };
    const fresh = { id: 'fresh', type: 'features', z: 'pump', x: 600, y: 700, wires: [] };
    studio = await startStudio({ flow: [...(await pumpFlow(await freePort())), old, fresh] });
    browser = await openBrowser();
    page = await browser.newPage({ viewport: { width: 1366, height: 1000 } });
    live = watchLive(studio.url);
    await page.goto(studio.url);
    await page.locator('#pump-infer').waitFor();
    await page.locator('#pump-features .red-ui-flow-node-status-label').filter({ hasText: 'features' }).waitFor();
  });
  afterAll(async () => {
    live?.close();
    await browser?.close();
    expect(await studio?.stop()).toBe(0);
  });

  const open = async (id: string) => {
    await page.evaluate(`RED.view.select({ nodes: [RED.nodes.node('${id}')] })`);
    await page.locator('#red-ui-workspace-chart').focus();
    await page.keyboard.press('Enter');
    await page.locator('#dialog-form').waitFor();
    // What blinks for ever, as a node with an error does, need not be waited for.
    await page.waitForFunction(
      "document.getAnimations().every(({ playState, effect }) => playState !== 'running' || effect.getTiming().iterations === Infinity)",
    );
  };
  const closed = () => page.locator('.red-ui-tray').last().waitFor({ state: 'detached' });
  const deploy = async () => {
    const answered = page.waitForResponse(
      (response) => response.request().method() === 'POST' && /flows$/.test(response.url()),
    );
    await page.keyboard.press('Control+d');
    expect((await answered).ok()).toBe(true);
  };
  const saved = async (id: string): Promise<FlowNode | undefined> =>
    ((await (await fetch(`${studio.url}/flows`)).json()) as FlowNode[]).find((node) => node.id === id);
  const block = (type: string) => page.locator(`[data-block="${type}"]`);
  const types = () =>
    page.locator('[data-block]').evaluateAll((all) => all.map((each) => each.getAttribute('data-block')));
  const line = (type: string) => block(type).locator('svg path.millrace-line').first().getAttribute('d');

  it('shows the recipe of the model at work on the live window', async () => {
    await open('pump-features');
    await page.locator('.millrace-origin-live').waitFor();
    await expect.poll(types).toEqual(['statistics', 'bands', 'statistics']);
    await page.locator('.millrace-total').getByText('22 features').waitFor();
    const window = page.locator('.millrace-window svg path').first();
    const first = await window.getAttribute('d');
    await expect.poll(() => window.getAttribute('d')).not.toBe(first);
    expect(
      await page
        .locator('.millrace-block-title')
        .first()
        .evaluate(({ tagName }) => tagName),
    ).toBe('SPAN');
    await keepScreenshot(page, 'features-model');
  });

  it('shows what a low-pass that is not deployed makes of it, and what it costs', async () => {
    await page.locator('#node-input-from').selectOption('own');
    await expect.poll(types).toEqual(['statistics']);
    await page.getByRole('button', { name: 'Add a block' }).click();
    await page.locator('[data-kind="filter"]').click();
    await expect.poll(types).toEqual(['statistics', 'filter']);
    // The new block has the keyboard: Alt with the arrow keys moves it before what describes the signal.
    await page.keyboard.press('Alt+ArrowUp');
    await expect.poll(types).toEqual(['filter', 'statistics']);
    const filter = block('filter');
    await filter.getByText('low-pass 10 Hz, order 4').waitFor();
    await filter.locator('path.millrace-line-before').first().waitFor({ state: 'attached' });
    await filter
      .locator('.millrace-cost')
      .filter({ hasText: /µs · .*B/ })
      .waitFor();
    await filter.getByLabel('Cut-off (Hz)').fill('4');
    await filter.getByText('low-pass 4 Hz, order 4').waitFor();
    const now = await line('filter');
    await expect.poll(() => line('filter')).not.toBe(now);
    await page.getByText(/of one core at 4 windows a second/).waitFor();
    await keepScreenshot(page, 'features-filter');
  });

  it('says at the block what is wrong with it, and at which parameter', async () => {
    const cutoff = block('filter').getByLabel('Cut-off (Hz)');
    await cutoff.fill('70');
    await block('filter')
      .getByRole('alert')
      .filter({ hasText: /^Cut-off \(Hz\): .*70/ })
      .waitFor();
    await cutoff.fill('four');
    await block('filter').getByRole('alert').filter({ hasText: 'numbers, with commas' }).waitFor();
    await keepScreenshot(page, 'features-wrong');
    await cutoff.fill('4');
    await block('filter').getByRole('alert').waitFor({ state: 'detached' });
  });

  it('restricts a block to channels of the window', async () => {
    const channels = block('filter').getByRole('group', { name: 'Channels' });
    for (const name of ['x', 'y', 'z']) await channels.getByRole('button', { name, exact: true }).click();
    await expect.poll(() => block('filter').locator('.millrace-strip-row').count()).toBe(3);
  });

  it('sends the features of the new recipe once it is deployed', async () => {
    await page.keyboard.press('Control+Enter');
    await closed();
    await deploy();
    expect(await saved('pump-features')).toMatchObject({
      ...{ from: 'own', format: 1 },
      blocks: [
        { type: 'filter', channels: ['x', 'y', 'z'], pass: 'low', cutoffs: [4], order: 4 },
        { type: 'statistics', channels: [] },
      ],
    });
    await page.locator('#pump-features .red-ui-flow-node-status-label').filter({ hasText: '28 features' }).waitFor();
    // The model behind it was trained with others.
    await until(
      () => live.views.find((view) => view.kind === 'problem' && view.node === 'pump-infer'),
      'infer to say that these are not its features',
    );
  });

  it('fills the list from a starting point, which can be taken back', async () => {
    await open('pump-features');
    await expect.poll(types).toEqual(['filter', 'statistics']);
    await page.getByRole('button', { name: 'vibration' }).click();
    await expect.poll(types).toEqual(['statistics', 'bands', 'zero-crossings']);
    await block('bands').locator('.millrace-spectrum path').first().waitFor({ state: 'attached' });
    await keepScreenshot(page, 'features-vibration');
    await page.getByRole('button', { name: 'take it back' }).click();
    await expect.poll(types).toEqual(['filter', 'statistics']);
    for (const type of ['filter', 'statistics']) await block(type).locator('[data-control="remove"]').click();
    await page.getByText('There is no block yet').waitFor();
    expect(await page.evaluate("document.activeElement?.getAttribute('data-control')")).toBe('add');
    await page.keyboard.press('Control+Escape');
    await closed();
    expect((await saved('pump-features'))?.['blocks']).toHaveLength(2);
  });

  it('shows the example’s recipe at a node that was just dragged, for which no model is chosen', async () => {
    await open('fresh');
    await page.locator('.millrace-total').getByText('22 features').waitFor();
    await page.locator('#node-dialog-cancel').click();
    await closed();
  });

  it('keeps what an older Millrace saved through a deploy, and opens it as blocks', async () => {
    expect(await saved('old')).toMatchObject({ rows: [{ measure: 'bands' }] });
    await open('old');
    await expect.poll(types).toEqual(['bands']);
    await page.getByText('example data: deploy, and your own shows here').waitFor();
    await keepScreenshot(page, 'features-example');
    await page.keyboard.press('Control+Enter');
    await closed();
    await deploy();
    const node = await saved('old');
    expect(node).toMatchObject({ format: 1, blocks: [{ type: 'bands', channels: ['x'], edges: [0, 10, 50] }] });
    expect(node).not.toHaveProperty('rows');
  });
});
