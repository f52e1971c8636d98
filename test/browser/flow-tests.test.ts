/** A first flow test, made and run in the sidebar by somebody who writes no code; and tests that lie with a flow. */
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keepScreenshot, noBrowser, openBrowser } from '../support/browser.ts';
import { freePort, pumpFlow, startStudio, type Studio } from '../support/studio.ts';

const PATIENCE = { timeout: 60_000 };
const root = resolve(import.meta.dirname, '../..');

describe.skipIf(noBrowser())('flow tests in the sidebar', { timeout: 90_000 }, () => {
  let studio: Studio;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    studio = await startStudio({ flow: await pumpFlow(await freePort()) });
    browser = await openBrowser();
    page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(studio.url);
    await page.locator('#pump-infer .red-ui-flow-node-status-label').filter({ hasText: 'healthy' }).waitFor();
    await page.locator('#pump-drift .red-ui-flow-node-status-label').filter({ hasText: 'no drift' }).waitFor();
    await tab('Tests').click();
  });
  afterAll(async () => {
    await browser?.close();
    expect(await studio?.stop()).toBe(0);
  });

  const tab = (name: string) => page.getByRole('tab', { name: new RegExp(`^${name}`) });
  const sidebar = () => page.locator('.millrace-sidebar');
  const button = (name: string | RegExp) => sidebar().getByRole('button', { name });
  const test = (state: string) => page.locator(`li[data-test="the-pump-is-well"].millrace-test-${state}`);
  const mark = (node: string) => page.locator(`#${node} .millrace-verdict-badge:not(.hide)`);

  it('begin with a button that records, and tell the steps', async () => {
    await sidebar().getByText('No tests yet').waitFor();
    await keepScreenshot(page, 'tests-none-light');
    await page.locator('#pump-pins .red-ui-flow-node').click({ position: { x: 60, y: 12 } });
    await button('Record 20 s of pins').click();
    await sidebar()
      .getByText(/recording: \d/)
      .waitFor();
    // Meanwhile one says what must happen: what the flow shows is offered.
    await sidebar().getByLabel('Name').fill('the pump is well');
    await button(/infer: label becomes “healthy”/).click();
    await button(/drift sends nothing/).click();
    await keepScreenshot(page, 'tests-form-light');
    expect(await button('Save and run').isDisabled()).toBe(true);
    // Long enough for a window or two.
    await sidebar()
      .getByText(/recording: 0:1[0-6] left/)
      .waitFor();
    await button('That is enough').click();
    await expect.poll(() => button('Save and run').isDisabled(), PATIENCE).toBe(false);
  });

  it('run as a child of the gateway, and say on the nodes that they passed', async () => {
    await button('Save and run').click();
    await test('passed').waitFor();
    expect(await test('passed').innerText()).toMatch(/the pump is well[\s\S]*passed/);
    await mark('pump-infer').locator('.millrace-passed').waitFor();
    await mark('pump-drift').locator('.millrace-passed').waitFor();
    expect(await mark('pump-window').count()).toBe(0);
    await keepScreenshot(page, 'tests-passed-light');
  });

  it('are files that a person would have written, with their recording beside them', async () => {
    const folder = join(studio.userDir, 'tests/test-flow');
    const written = JSON.parse(await readFile(join(folder, 'the-pump-is-well.json'), 'utf8')) as {
      play: { recording: string }[];
    };
    expect(written).toEqual({
      ...{ format: 1, name: 'the pump is well' },
      play: [{ node: 'pins', recording: expect.stringMatching(/^pins-.*\.jsonl$/) as string }],
      expect: [
        { node: 'infer', property: 'payload.label', is: 'healthy' },
        { node: 'drift', expect: 'nothing' },
      ],
    });
    expect(await readFile(join(folder, written.play[0]?.recording ?? ''), 'utf8')).toContain('"millrace":"recording"');
  });

  it('show what was expected and what came instead, once an expectation is broken', async () => {
    await button(/Open “the pump is well”/).click();
    await sidebar().getByLabel('Value', { exact: true }).first().fill('worn bearing');
    await button('Save and run').click();
    await test('failed').waitFor();
    const difference = test('failed').locator('.millrace-difference');
    expect(await difference.locator('.millrace-expected').first().innerText()).toContain(
      '- infer: payload.label becomes "worn bearing"',
    );
    expect(await difference.locator('.millrace-seen').first().innerText()).toMatch(/^\+ .*"healthy"/);
    await mark('pump-infer').locator('.millrace-failed').waitFor();
    await mark('pump-drift').locator('.millrace-passed').waitFor();
    await keepScreenshot(page, 'tests-failed-light');
    await page.evaluate("document.documentElement.classList.add('nr-theme-dark')");
    await keepScreenshot(page, 'tests-failed-dark');
    await button(/Open “the pump is well”/).click();
    await keepScreenshot(page, 'tests-form-dark');
    await button('All tests').click();
    await page.evaluate("document.documentElement.classList.remove('nr-theme-dark')");
  });

  it('say what is missing before anything is saved', async () => {
    await button('New test').click();
    await button('Save').last().click();
    await sidebar().getByText('Give it a name.').waitFor();
    await sidebar().getByText('Say at least one thing that must happen.').waitFor();
    await button('All tests').click();
  });

  it('are forgotten where a node is changed, and everywhere when the flow is deployed', async () => {
    await mark('pump-infer').waitFor();
    await page.locator('#pump-infer .red-ui-flow-node').click({ position: { x: 60, y: 12 } });
    await page.evaluate("RED.actions.invoke('core:disable-selected-nodes')");
    await expect.poll(() => mark('pump-infer').count(), PATIENCE).toBe(0);
    expect(await mark('pump-drift').count()).toBe(1);
    await sidebar().getByText('There are changes that are not deployed.').waitFor();
    await page.locator('#red-ui-header-button-deploy').click();
    await expect.poll(() => mark('pump-drift').count(), PATIENCE).toBe(0);
    await test('untried').waitFor();
    expect(await sidebar().getByText('There are changes that are not deployed.').count()).toBe(0);
  });
});

describe.skipIf(noBrowser())('tests that lie beside a flow', { timeout: 90_000 }, () => {
  let studio: Studio;
  let browser: Browser;
  let page: Page;
  let directory: string;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'millrace-flow-'));
    const folder = join(directory, 'pump');
    await mkdir(folder);
    await writeFile(join(folder, 'flow.json'), JSON.stringify(await pumpFlow(await freePort())));
    await cp(join(root, 'flows/pump/tests'), join(folder, 'tests'), { recursive: true });
    await writeFile(join(folder, 'tests/torn.json'), '{"format": 1,');
    studio = await startStudio({ args: ['--flow', join(folder, 'flow.json')] });
    browser = await openBrowser();
    page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(studio.url);
    await page.locator('#pump-infer').waitFor();
    await page.getByRole('tab', { name: 'Tests' }).click();
  });
  afterAll(async () => {
    await browser?.close();
    expect(await studio?.stop()).toBe(0);
    await rm(directory, { recursive: true, force: true });
  });

  const sidebar = () => page.locator('.millrace-sidebar');
  const button = (name: string | RegExp) => sidebar().getByRole('button', { name });

  it('are listed, run, and can be looked at but not changed', async () => {
    const row = page.locator('li[data-test="worn-bearing"]');
    await row.getByRole('button', { name: /^Run/ }).click();
    await page.locator('li[data-test="worn-bearing"].millrace-test-passed').waitFor({ timeout: 60_000 });
    expect(await page.locator('li[data-test="a-well-pump"]').innerText()).toContain('not run');
    await keepScreenshot(page, 'tests-shipped-light');
    await row.getByRole('button', { name: /^Open/ }).click();
    expect(await sidebar().getByLabel('Name').isDisabled()).toBe(true);
    expect(await button('Save').count()).toBe(0);
    await keepScreenshot(page, 'tests-shipped-form-light');
  });

  it('are copied to be changed, with the recording that they play', async () => {
    await button('Copy to edit').click();
    await button('Save and run').click();
    const copy = page.locator('li[data-test="a-worn-bearing-is-noticed-within-two-seconds-copy"]');
    await copy.and(page.locator('.millrace-test-passed')).waitFor({ timeout: 60_000 });
    expect(await page.locator('li[data-test="worn-bearing"]').count()).toBe(1);
    // One's own can go again.
    await copy.getByRole('button', { name: /^Open/ }).click();
    await button('Delete').click();
    await button('Delete').last().click();
    await copy.waitFor({ state: 'detached' });
  });

  it('say what is wrong with a file that cannot be read', async () => {
    const torn = page.locator('li[data-test="torn"]');
    expect(await torn.innerText()).toMatch(/could not run[\s\S]*not JSON[\s\S]*Mend the line/);
  });
});
