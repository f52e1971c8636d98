/** The dialogs, used without a mouse: opened, changed, confirmed, deployed. */
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keepScreenshot, noBrowser, openBrowser } from '../support/browser.ts';
import type { FlowNode } from '../support/node-red.ts';
import { freePort, pumpFlow, startStudio, type Studio } from '../support/studio.ts';

describe.skipIf(noBrowser())('a dialog used from the keyboard', () => {
  let studio: Studio;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    studio = await startStudio({ flow: await pumpFlow(await freePort()) });
    browser = await openBrowser();
    page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
    await page.goto(studio.url);
    await page.locator('#pump-infer').waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    expect(await studio?.stop()).toBe(0);
  });

  const tray = () => page.locator('.red-ui-tray').last();
  /** Node-RED gives the keyboard to a dialog, or back to what is below it, only when it has slid into its place. */
  const settled = async (form: string) => {
    await page.locator(form).waitFor();
    await page.waitForFunction("document.getAnimations().every(({ playState }) => playState !== 'running')");
    await page.waitForFunction("document.activeElement?.closest('#red-ui-editor-stack')");
  };
  const closed = () => tray().waitFor({ state: 'detached' });
  const open = async (id: string) => {
    await page.evaluate(`RED.view.select({ nodes: [RED.nodes.node('${id}')] })`);
    await page.locator('#red-ui-workspace-chart').focus();
    await page.keyboard.press('Enter');
    await settled('#dialog-form');
  };
  const confirm = () => page.keyboard.press('Control+Enter');
  /** Goes on with Tab until this field or button has the focus, as a person without a mouse must. */
  const tabTo = async (wanted: Locator) => {
    for (let presses = 0; presses < 60; presses++) {
      await page.keyboard.press('Tab');
      if (await wanted.evaluate((element) => element === document.activeElement)) return;
    }
    throw new Error(`Tab does not lead to ${String(wanted)}`);
  };
  const type = async (wanted: Locator, text: string) => {
    await tabTo(wanted);
    await page.keyboard.press('Control+A');
    await page.keyboard.type(text);
  };
  const deploy = async () => {
    const answered = page.waitForResponse(
      (response) => response.request().method() === 'POST' && /flows$/.test(response.url()),
    );
    await page.keyboard.press('Control+d');
    expect((await answered).ok()).toBe(true);
  };
  /** A node as the server keeps it. */
  const saved = async (id: string): Promise<FlowNode> => {
    const answer = await fetch(`${studio.url}/flows`);
    const node = ((await answer.json()) as FlowNode[]).find((held) => held.id === id);
    if (!node) throw new Error(`the server has no node "${id}"`);
    return node;
  };

  it('saves what was typed into a field, and the deployed node does as it says', async () => {
    await open('pump-pins');
    await type(page.locator('#node-input-rate'), '50');
    await confirm();
    await closed();
    await deploy();
    expect(Number((await saved('pump-pins'))['rate'])).toBe(50);
    await page.locator('#pump-pins .red-ui-flow-node-status-label').filter({ hasText: '50 Hz' }).waitFor();
  });

  it('saves a table whose rows were changed, moved, added and removed', async () => {
    await open('pump-pins');
    const cell = (label: string) => tray().getByLabel(label, { exact: true });
    await type(cell('Name, row 1'), 'along');
    await page.keyboard.press('Alt+ArrowDown');
    await tabTo(tray().getByText('Add a row'));
    await page.keyboard.press('Enter');
    await page.keyboard.press('Control+A');
    await page.keyboard.type('level');
    await tabTo(cell('Pin or address, row 5'));
    await page.keyboard.press('Control+A');
    await page.keyboard.type('A5');
    await page.keyboard.press('Shift+Tab');
    await keepScreenshot(page, 'dialog-rows');
    await confirm();
    await closed();
    await deploy();
    const { channels } = await saved('pump-pins');
    expect((channels as { name: string; pin: string }[]).map(({ name, pin }) => `${name} ${pin}`)).toEqual([
      'y A1',
      'along A0',
      'z A2',
      'temperature A3',
      'level A5',
    ]);
  });

  it.each([
    { node: 'pump-pins', config: 'pump-board', field: 'seed', text: '7' },
    { node: 'pump-infer', config: 'pump-model', field: 'name', text: 'the old one' },
    { node: 'pump-upload', config: 'pump-target', field: 'topic', text: 'plant/{stream}' },
  ])('leads on from $node to the dialog of $config, and saves that too', async ({ node, config, field, text }) => {
    await open(node);
    await tabTo(
      tray()
        .getByRole('button', { name: /^Edit the chosen/ })
        .first(),
    );
    await page.keyboard.press('Enter');
    await settled('#node-config-dialog-edit-form');
    await type(page.locator(`#node-config-input-${field}`), text);
    await confirm();
    await settled('#dialog-form');
    await confirm();
    await closed();
    await deploy();
    expect(await saved(config)).toMatchObject({ [field]: text });
  });

  it('says at the field what is wrong with it', async () => {
    await open('pump-window');
    await type(page.locator('#node-input-length'), '1');
    await page.keyboard.press('Tab');
    await expect.poll(() => page.locator('#node-input-length').getAttribute('class')).toContain('input-error');
    await page.locator('#node-input-length').hover();
    await page.locator('.red-ui-popover').filter({ hasText: 'at least 2' }).waitFor();
    await keepScreenshot(page, 'dialog-invalid');
    await page.keyboard.press('Control+Escape');
    await closed();
  });

  it('says below a table what is wrong in which row', async () => {
    await open('pump-pins');
    await tabTo(tray().getByLabel('Name, row 2', { exact: true }));
    await page.keyboard.press('Delete');
    await tray().getByText('row 2, name: must not be empty').waitFor();
    await page.keyboard.press('Control+Escape');
    await closed();
  });

  it('says what its settings come to while they are typed', async () => {
    await open('pump-window');
    await type(page.locator('#node-input-stride'), '100');
    await tray().getByText('The next one begins where it ends').waitFor();
    await page.keyboard.press('Control+Escape');
    await closed();
  });
});
