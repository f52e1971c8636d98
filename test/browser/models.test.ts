/** A model on its way from a file to a prediction in a flow, in the real editor: nothing typed but what it means. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeOnnx } from '../../runtime/onnx-format/index.ts';
import { forestWithZipMap } from '../runtime/models/import/sample-models.ts';
import { keepScreenshot, noBrowser, openBrowser } from '../support/browser.ts';
import { startStudio, type Studio } from '../support/studio.ts';

const PATIENCE = { timeout: 60_000 };

const flow = [
  { id: 'tab', type: 'tab', label: 'line' },
  { id: 'belt-model', type: 'model', name: '', model: 'belt@production' },
  {
    ...{ id: 'ask', type: 'inject', z: 'tab', name: 'ask', x: 140, y: 80, wires: [['infer']] },
    ...{ props: [{ p: 'payload' }], payload: '[9, 0, 0]', payloadType: 'json', repeat: '', crontab: '', once: false },
  },
  { id: 'infer', type: 'infer', z: 'tab', name: 'belt', model: 'belt-model', x: 340, y: 80, wires: [[]] },
];

describe.skipIf(noBrowser())('models in the sidebar', { timeout: 60_000 }, () => {
  let studio: Studio;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    studio = await startStudio({ flow });
    browser = await openBrowser();
    page = await browser.newPage({ viewport: { width: 1440, height: 1000 } });
    await page.goto(studio.url);
    await page.getByRole('tab', { name: 'Models' }).click();
  });
  afterAll(async () => {
    await browser?.close();
    expect(await studio?.stop()).toBe(0);
  });

  const sidebar = () => page.locator('.millrace-sidebar').first();
  const button = (name: string | RegExp) => sidebar().getByRole('button', { name });
  const version = (name: string, version: string) =>
    sidebar().getByRole('list', { name, exact: true }).locator('> li').filter({ hasText: version });
  const give = (name: string, bytes: Uint8Array, place = sidebar()) =>
    place
      .locator('input[type=file]')
      .first()
      .setInputFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) });

  it('shows the example that came with Millrace, with its card', async () => {
    await version('pump-health', '1.0.0').getByRole('button', { name: '1.0.0' }).click();
    await sidebar().getByText('How a belt-driven water pump is').waitFor();
    await sidebar().getByText('Details', { exact: true }).click();
    expect(await sidebar().getByRole('table').innerText()).toMatch(/2,860/);
    // What ships cannot be deleted.
    expect(await button('Delete').count()).toBe(0);
    await keepScreenshot(page, 'models-card-light');
  });

  it('asks it with the values of its example', async () => {
    await sidebar().getByText('Try it', { exact: true }).click();
    await button('Ask the model').click();
    await sidebar().getByText('answered in').waitFor(PATIENCE);
    expect(await sidebar().locator('.millrace-answer').innerText()).toMatch(/healthy|worn bearing|cavitation/);
    await keepScreenshot(page, 'models-try-light');
    const field = sidebar().getByLabel('rms x');
    await field.fill('much');
    await button('Ask the model').click();
    await sidebar().getByText('is no number').waitFor();
    await version('pump-health', '1.0.0').getByRole('button', { name: '1.0.0' }).click();
  });

  it('says of a file that is no model what is wrong, and takes another', async () => {
    await give('notes.onnx', new TextEncoder().encode('this is no model'));
    await sidebar().locator('.millrace-problem .millrace-hint').waitFor();
    await keepScreenshot(page, 'models-no-model-light');
  });

  it('reads a model file, tries it, and imports it with the names that a person gives', async () => {
    await give('belt.onnx', writeOnnx(forestWithZipMap([0n, 1n, 2n])));
    const labels = sidebar().getByLabel('Labels');
    await labels.waitFor(PATIENCE);
    await sidebar().locator('.millrace-sample .millrace-bars').waitFor();
    await keepScreenshot(page, 'models-proposal-light');
    await labels.fill('runs well\nworn\ntorn');
    await sidebar().getByLabel('Name of number 1').fill('tension');
    await sidebar().getByLabel('Unit of number 1').fill('N');
    // The try is made again, with the names.
    await sidebar()
      .locator('.millrace-sample')
      .getByText(/runs well/)
      .first()
      .waitFor(PATIENCE);
    await button('Import').click();
    await version('belt', '1.0.0')
      .getByText('tension')
      .first()
      .waitFor({ state: 'attached', ...PATIENCE });
    await version('belt', '1.0.0').getByText('runs well, worn, torn').waitFor();
  });

  it('gives a version a name that moves', async () => {
    await sidebar().getByLabel('Use version 1.0.0 as').selectOption('production');
    await version('belt', '1.0.0').locator('.millrace-alias-production').waitFor();
    await button('Add a note').click();
    await sidebar().getByLabel('Note').fill('from the lab');
    await button('Save').click();
    await version('belt', '1.0.0').getByText('from the lab').waitFor();
    await sidebar().getByText('Try it', { exact: true }).click();
    await sidebar().getByLabel('tension').fill('1');
    await button('Ask the model').click();
    await expect.poll(() => sidebar().locator('.millrace-answer').innerText(), PATIENCE).toContain('runs well');
    await keepScreenshot(page, 'models-imported-light');
    await page.evaluate("document.documentElement.classList.add('nr-theme-dark')");
    await keepScreenshot(page, 'models-imported-dark');
    await page.evaluate("document.documentElement.classList.remove('nr-theme-dark')");
  });

  it('does not delete what a name leads to, and says so', async () => {
    await button('Delete').click();
    await sidebar()
      .getByRole('group', { name: /Delete belt/ })
      .getByRole('button', { name: 'Delete' })
      .click();
    await sidebar().getByRole('alert').getByText('is "production"').waitFor();
    await version('belt', '1.0.0').waitFor();
  });

  it('is chosen in the dialog of a model, and answers in the flow', async () => {
    await page.locator('#infer .red-ui-flow-node').first().dblclick();
    await page.locator('#node-input-btn-model-edit').click();
    const dialog = page.locator('#node-config-dialog-edit-form');
    const select = dialog.getByLabel('Model', { exact: true });
    // Where the flow was written elsewhere: what it names is kept.
    await expect.poll(() => select.inputValue(), PATIENCE).toBe('belt@production');
    await dialog.getByText('runs well, worn, torn').waitFor();
    await select.selectOption('belt@1.0.0');
    await page.waitForTimeout(500);
    await keepScreenshot(page, 'models-dialog-light');
    await page.locator('#node-config-dialog-ok').click();
    await page.locator('#node-dialog-ok').click();
    await page.locator('#red-ui-header-button-deploy').click();
    await page.locator('#infer .red-ui-flow-node-status-label').filter({ hasText: 'ready' }).waitFor(PATIENCE);
    await page.locator('#ask .red-ui-flow-node-button').click();
    await page.locator('#infer .red-ui-flow-node-status-label').filter({ hasText: 'worn' }).waitFor(PATIENCE);
  });

  it('is imported in that dialog as well', async () => {
    await page.locator('#infer .red-ui-flow-node').first().dblclick();
    await page.locator('#node-input-btn-model-edit').click();
    const dialog = page.locator('#node-config-dialog-edit-form');
    await give('saw.onnx', writeOnnx(forestWithZipMap(['sharp', 'blunt', 'broken'])), dialog);
    const name = dialog.getByLabel('Name', { exact: true }).last();
    await expect.poll(() => name.inputValue(), PATIENCE).toBe('saw');
    await name.fill('saw-blade');
    await page.evaluate("document.documentElement.classList.add('nr-theme-dark')");
    await page.waitForTimeout(500);
    await keepScreenshot(page, 'models-dialog-dark');
    await page.evaluate("document.documentElement.classList.remove('nr-theme-dark')");
    await dialog.getByRole('button', { name: 'Import', exact: true }).click();
    await expect.poll(() => dialog.getByLabel('Model', { exact: true }).inputValue(), PATIENCE).toBe('saw-blade@1.0.0');
    await page.locator('#node-config-dialog-ok').click();
    await page.locator('#node-dialog-cancel').click();
    await version('saw-blade', '1.0.0').waitFor();
  });
});
