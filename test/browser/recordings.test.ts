/** Recording with one click: the real editor, the pump flow, and whoever wants to keep what a node sends. */
import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keepScreenshot, noBrowser, openBrowser } from '../support/browser.ts';
import { freePort, pumpFlow, startStudio, type Studio } from '../support/studio.ts';

const PATIENCE = { timeout: 60_000 };

describe.skipIf(noBrowser())('recording in the sidebar', { timeout: 60_000 }, () => {
  let studio: Studio;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    studio = await startStudio({ flow: await pumpFlow(await freePort()) });
    browser = await openBrowser();
    page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(studio.url);
    await page.locator('#pump-infer .red-ui-flow-node-status-label').filter({ hasText: 'healthy' }).waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    expect(await studio?.stop()).toBe(0);
  });

  // While something is recorded, the tab says so after its name.
  const tab = (name: string) => page.getByRole('tab', { name: new RegExp(`^${name}`) });
  const button = (name: string | RegExp) => page.locator('.millrace-sidebar').getByRole('button', { name });
  const rows = () => page.getByRole('list', { name: 'Recordings' }).locator('> li');
  const select = (id: string) =>
    page
      .locator(`#${id} .red-ui-flow-node`)
      .first()
      .click({ position: { x: 60, y: 12 } });
  const stopAfter = async (messages: number) => {
    const running = page.locator('.millrace-running');
    await expect
      .poll(async () => Number(/([\d,]+) message/.exec(await running.innerText())?.[1]?.replace(',', '')), PATIENCE)
      .toBeGreaterThanOrEqual(messages);
    await running.getByRole('button', { name: 'Stop' }).click();
    await running.waitFor({ state: 'detached' });
  };

  it('is one of the parts that the arrow keys reach', async () => {
    await tab('Live').focus();
    await page.keyboard.press('ArrowRight');
    expect(await tab('Recordings').getAttribute('aria-selected')).toBe('true');
    await page.keyboard.press('End');
    expect(await tab('Gateways').getAttribute('aria-selected')).toBe('true');
    await page.keyboard.press('Home');
    expect(await tab('Live').getAttribute('aria-selected')).toBe('true');
    await page.keyboard.press('ArrowRight');
    expect(await tab('Recordings').evaluate((element) => element === document.activeElement)).toBe(true);
    await page.getByText('Select a node on the canvas to record what it sends.').waitFor();
  });

  it('records the selected node with one click, and lists what it got', async () => {
    await select('pump-pins');
    await button('Record pins').click();
    await stopAfter(200);
    const row = rows().first();
    expect(await row.innerText()).toMatch(/pins[\s\S]*messages[\s\S]*kB/);
    // What was just recorded is what one wants to do something with.
    expect(await row.getByRole('button', { name: 'pins' }).getAttribute('aria-expanded')).toBe('true');
    await keepScreenshot(page, 'recordings-light');
  });

  it('records nodes of Node-RED’s own as well, by an action that can have a key', async () => {
    await select('pump-ill');
    await page.evaluate("RED.actions.invoke('millrace:record-selected-node')");
    await stopAfter(3);
    expect(await rows().count()).toBe(await rows().filter({ hasText: 'messages' }).count());
    expect(await rows().first().innerText()).toContain('not healthy');
  });

  it('hands the recording out as a file that can be read', async () => {
    const row = rows()
      .filter({ hasText: /^\s*pins/ })
      .first();
    if ((await row.getByRole('button', { name: 'pins' }).getAttribute('aria-expanded')) === 'false') {
      await row.getByRole('button', { name: 'pins' }).click();
    }
    const coming = page.waitForEvent('download');
    await row.getByRole('button', { name: 'Download' }).click();
    const file = await coming;
    expect(file.suggestedFilename()).toMatch(/^pins .*\.jsonl$/);
    const [head = '', first = ''] = (await readFile(await file.path(), 'utf8')).split('\n');
    expect(JSON.parse(head)).toMatchObject({ millrace: 'recording', format: 1 });
    expect(JSON.parse(first)).toMatchObject({ message: { payload: { x: expect.any(Number) as number } } });
  });

  it('is where it was after the page was loaded anew', async () => {
    await page.reload();
    await rows()
      .filter({ hasText: /^\s*pins/ })
      .first()
      .waitFor();
    expect(await tab('Recordings').getAttribute('aria-selected')).toBe('true');
  });

  it('is legible in the dark theme', async () => {
    await page.evaluate("document.documentElement.classList.add('nr-theme-dark')");
    await select('pump-pins');
    await button('Record pins').click();
    await page.locator('.millrace-running').waitFor();
    await keepScreenshot(page, 'recordings-dark');
    await stopAfter(1);
    await page.evaluate("document.documentElement.classList.remove('nr-theme-dark')");
  });

  it('asks before it deletes', async () => {
    const before = await rows().count();
    const row = rows().filter({ hasText: 'not healthy' });
    await row.getByRole('button', { name: 'not healthy' }).click();
    await row.getByRole('button', { name: 'Delete' }).click();
    await row.getByRole('button', { name: 'Keep' }).click();
    expect(await rows().count()).toBe(before);
    await row.getByRole('button', { name: 'Delete' }).click();
    await row.getByRole('group').getByRole('button', { name: 'Delete' }).click();
    await expect.poll(() => rows().count(), PATIENCE).toBe(before - 1);
  });

  it('puts a replay of it on the canvas', async () => {
    const row = rows()
      .filter({ hasText: /^\s*pins/ })
      .first();
    if ((await row.getByRole('button', { name: 'pins' }).getAttribute('aria-expanded')) === 'false') {
      await row.getByRole('button', { name: 'pins' }).click();
    }
    await row.getByRole('button', { name: 'Play here' }).click();
    await page.getByText('click on the canvas to put it down').waitFor();
    const canvas = await page.locator('#red-ui-workspace-chart').boundingBox();
    if (!canvas) throw new Error('no canvas');
    await page.mouse.move(canvas.x + 300, canvas.y + 480, { steps: 10 });
    await page.mouse.click(canvas.x + 320, canvas.y + 480);
    const placed = await page.evaluate<{ recording: string; speed: string }[]>(
      "RED.nodes.filterNodes({ type: 'replay' }).map(({ recording, speed }) => ({ recording, speed }))",
    );
    expect(placed).toEqual([{ recording: expect.stringMatching(/^pins@/) as string, speed: 'real' }]);
    expect(await page.locator('.red-ui-flow-node-group').filter({ hasText: 'replay pins' }).count()).toBe(1);
  });
});
