/** Examples of the virtual pump, collected by holding buttons in the real editor. */
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keepScreenshot, noBrowser, openBrowser } from '../support/browser.ts';
import { freePort, pumpFlow, startStudio, type Studio } from '../support/studio.ts';

const PATIENCE = { timeout: 60_000 };

describe.skipIf(noBrowser())('collecting in the sidebar', { timeout: 90_000 }, () => {
  let studio: Studio;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    const flow = (await pumpFlow(await freePort())).map((node) =>
      node.id === 'pump-features' ? { ...node, wires: [['pump-infer', 'pump-collect']] } : node,
    );
    const place = { z: 'pump', x: 742, y: 260, wires: [[]] };
    studio = await startStudio({ flow: [...flow, { id: 'pump-collect', type: 'collect', name: '', ...place }] });
    browser = await openBrowser();
    page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(studio.url);
    await page.locator('#pump-infer .red-ui-flow-node-status-label').filter({ hasText: 'healthy' }).waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    expect(await studio?.stop()).toBe(0);
  });

  const sidebar = () => page.locator('#red-ui-sidebar .millrace-sidebar');
  const tab = (name: string) => page.getByRole('tab', { name: new RegExp(`^${name}`) });
  const hold = (label: string) => sidebar().getByRole('button', { name: `Hold to record ${label},` });
  const countOf = async (label: string) =>
    Number((await hold(label).locator('.millrace-hold-count').innerText()).replace(',', ''));
  const button = (name: string | RegExp, within: Locator = sidebar()) => within.getByRole('button', { name });
  const set = () =>
    page.getByRole('list', { name: 'Data sets' }).locator('> li').filter({ hasText: 'examples' }).first();
  const examples = () => set().locator('.millrace-example-row');

  const addLabel = async (label: string) => {
    await sidebar().getByPlaceholder('such as normal').fill(label);
    await page.keyboard.press('Enter');
    await hold(label).waitFor();
  };
  const holdUntil = async (label: string, count: number) => {
    const box = (await hold(label).boundingBox())!;
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.down();
    await expect.poll(() => countOf(label), PATIENCE).toBeGreaterThanOrEqual(count);
  };

  it('offers a field for the first label as soon as a collect node runs', async () => {
    await tab('Data').click();
    await sidebar().getByText('Which state is the machine in?').waitFor();
    await keepScreenshot(page, 'data-empty');
    await addLabel('healthy');
    await addLabel('worn');
  });

  it('records for as long as a button is held, and not a moment longer', async () => {
    await holdUntil('healthy', 8);
    expect(await hold('healthy').getAttribute('aria-pressed')).toBe('true');
    await page.locator('#pump-collect .red-ui-flow-node-status-label').filter({ hasText: 'rec healthy' }).waitFor();
    await keepScreenshot(page, 'data-held');
    await page.mouse.up();
    await page.locator('#pump-collect .red-ui-flow-node-status-label').filter({ hasText: 'examples' }).waitFor();
    // What was on its way is counted a moment later.
    await new Promise((done) => setTimeout(done, 1000));
    const after = await countOf('healthy');
    await new Promise((done) => setTimeout(done, 2000));
    expect(await countOf('healthy')).toBe(after);
    expect(await countOf('worn')).toBe(0);
  });

  it('is operated by the keyboard as well', async () => {
    await page.locator('#pump-wear .red-ui-flow-node-button').click();
    await hold('worn').focus();
    await page.keyboard.down('Space');
    await expect.poll(() => countOf('worn'), PATIENCE).toBeGreaterThanOrEqual(8);
    await page.keyboard.up('Space');
    await expect.poll(() => hold('worn').getAttribute('aria-pressed'), PATIENCE).toBe('false');
  });

  it('lets go when a page that holds a button goes away', async () => {
    const other = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await other.goto(studio.url);
    await other.getByRole('tab', { name: /^Data/ }).click();
    const held = other.locator('.millrace-hold').first();
    const pressed = () => hold('healthy').getAttribute('aria-pressed');
    // While the page is still being drawn the button may slip from under the pointer: then it is pressed once more.
    const press = async () => {
      await other.mouse.up();
      await held.hover();
      await other.mouse.down();
      // On a busy machine it takes some seconds until the other page shows it.
      await expect
        .poll(pressed, { timeout: 10_000 })
        .toBe('true')
        .catch(() => undefined);
      return await pressed();
    };
    await expect.poll(press, PATIENCE).toBe('true');
    await other.close();
    await expect.poll(pressed, PATIENCE).toBe('false');
  });

  it('shows how the examples lie, and draws the one that is clicked', async () => {
    await expect.poll(() => set().locator('.millrace-legend li').count(), PATIENCE).toBe(2);
    const map = set().getByRole('slider');
    await map.focus();
    await page.keyboard.press('Home');
    const detail = set().locator('.millrace-example');
    await detail.locator('.millrace-values').waitFor();
    const first = await map.getAttribute('aria-valuetext');
    const dot = (await set().locator('.millrace-dot-chosen').boundingBox())!;
    await page.keyboard.press('End');
    await expect.poll(() => map.getAttribute('aria-valuetext')).not.toBe(first);
    await page.mouse.click(dot.x + dot.width / 2, dot.y + dot.height / 2);
    await expect.poll(() => map.getAttribute('aria-valuetext')).toBe(first);
    await expect.poll(() => detail.innerText()).toContain('rms');
    await keepScreenshot(page, 'data-map');
  });

  it('relabels what is selected', async () => {
    await new Promise((done) => setTimeout(done, 1000));
    const before = await countOf('healthy');
    await set()
      .getByRole('combobox', { name: 'Which examples' })
      .selectOption({ label: `healthy (${before})` });
    await examples().nth(2).waitFor();
    await examples().nth(0).getByRole('checkbox').check();
    await examples().nth(1).getByRole('checkbox').check();
    await set().locator('.millrace-examples').getByRole('combobox', { name: 'New label' }).fill('starting');
    await keepScreenshot(page, 'data-selected');
    await button('Relabel', set().locator('.millrace-examples')).click();
    await expect.poll(() => countOf('starting'), PATIENCE).toBe(2);
    await expect.poll(() => countOf('healthy'), PATIENCE).toBe(before - 2);
  });

  it('deletes what is selected once it is confirmed', async () => {
    await set().getByRole('combobox', { name: 'Which examples' }).selectOption({ label: 'starting (2)' });
    await expect.poll(() => examples().count(), PATIENCE).toBe(2);
    await set().getByRole('checkbox', { name: 'Select these' }).check();
    const within = set().locator('.millrace-examples');
    await button('Delete', within).click();
    await within.getByText('Delete these 2 examples for good?').waitFor();
    await button('Delete', within).click();
    await expect.poll(() => set().innerText(), PATIENCE).not.toContain('starting');
  });

  it('keeps a version, and gives it up again', async () => {
    await set().getByRole('textbox', { name: 'Note' }).fill('before lunch');
    await button('Keep this version', set()).click();
    const versions = set().getByRole('list', { name: 'Versions' });
    await versions.getByText('before lunch').waitFor();
    await button('Delete the version “before lunch”', versions).click();
    await versions.getByText('Delete this version?').waitFor();
    await keepScreenshot(page, 'data-version');
    await button('Delete', versions).click();
    await versions.waitFor({ state: 'detached' });
  });

  it('takes examples from a file, and writes them into one', async () => {
    const rows = ['a,b,state', ...Array.from({ length: 20 }, (_, n) => `${n},${n * n},${n < 10 ? 'low' : 'high'}`)];
    await sidebar().getByText('Import examples').click();
    const file = { name: 'levels.csv', mimeType: 'text/csv', buffer: Buffer.from(rows.join('\n')) };
    await sidebar().getByLabel('Choose a file').setInputFiles(file);
    await sidebar().getByRole('textbox', { name: 'Column of the labels' }).fill('state');
    await keepScreenshot(page, 'data-import');
    await button('Import').click();
    await sidebar().getByText('20 examples came into “levels”.').waitFor();
    const imported = page.getByRole('list', { name: 'Data sets' }).locator('> li').filter({ hasText: 'levels' });
    await imported.getByRole('slider').waitFor();
    const [saved] = await Promise.all([page.waitForEvent('download'), button('CSV', imported).click()]);
    expect(saved.suggestedFilename()).toBe('levels.csv');
    await keepScreenshot(page, 'data-imported');
    await button('Delete', imported).last().click();
    await imported.getByText('Delete the data set “levels” with all its examples for good?').waitFor();
    await button('Delete', imported).last().click();
    await imported.waitFor({ state: 'detached' });
    await button(/^examples/, page.getByRole('list', { name: 'Data sets' })).click();
  });

  it('reads well in the dark, and has a card beside all else that is live', async () => {
    await page.evaluate("document.documentElement.classList.add('nr-theme-dark')");
    await keepScreenshot(page, 'data-dark');
    await tab('Live').click();
    await sidebar().locator('.millrace-card-collect').getByText('healthy').waitFor();
    await keepScreenshot(page, 'data-live-dark');
    await page.evaluate("document.documentElement.classList.remove('nr-theme-dark')");
    await button('Open Data').click();
    await set().waitFor();
    await page.locator('.millrace-sidebar').evaluate((element) => (element.scrollTop = element.scrollHeight));
    await keepScreenshot(page, 'data-end');
  });

  it('has the buttons in the node’s dialog too', async () => {
    await page.locator('#pump-collect .red-ui-flow-node').first().dblclick();
    const dialog = page.locator('.millrace-dialog');
    await dialog.getByText(/“examples” has \d+ examples/).waitFor();
    await dialog.getByRole('button', { name: 'Hold to record worn,' }).waitFor();
    await keepScreenshot(page, 'data-dialog');
  });
});
