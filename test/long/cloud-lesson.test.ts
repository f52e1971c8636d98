/** The cloud lesson, as its README tells it: the line is cut, the plug is pulled, and the table is complete. */
import { execFile } from 'node:child_process';
import { readFile, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keepScreenshot, noBrowser, openBrowser } from '../support/browser.ts';
import { type FlowNode, until } from '../support/node-red.ts';
import { command, freePort, newUserDir, startStudio, type Studio } from '../support/studio.ts';

const FLOW = resolve(import.meta.dirname, '../../flows/cloud/flow.json');

describe.skipIf(noBrowser())('the cloud lesson', { timeout: 180_000 }, () => {
  let userDir: string;
  let studio: Studio;
  let browser: Browser;
  let page: Page;
  const problems: string[] = [];

  beforeAll(async () => {
    userDir = await newUserDir();
    const port = String(await freePort());
    const flow = (JSON.parse(await readFile(FLOW, 'utf8')) as FlowNode[]).map((node) =>
      node.type === 'target' || node.type === 'mqtt-broker' ? { ...node, port } : node,
    );
    studio = await startStudio({ flow, userDir });
    browser = await openBrowser();
    page = await browser.newPage({ viewport: { width: 1600, height: 900 } });
    page.on('pageerror', (error) => problems.push(String(error)));
    await page.goto(studio.url);
    await page.locator('#cloud-infer').waitFor();
  }, 90_000);
  afterAll(async () => {
    await browser?.close();
    const code = await studio?.stop();
    await rm(userDir, { recursive: true, force: true });
    expect(code).toBe(0);
  });

  const status = (node: string, text: RegExp) =>
    page
      .locator(`#cloud-${node} .red-ui-flow-node-status-label`)
      .filter({ hasText: text })
      .waitFor({ timeout: 60_000 });
  const card = (name: string) => page.getByRole('listitem', { name });
  const says = async (name: string, text: RegExp) => {
    await card(name)
      .getByText(text)
      .waitFor({ timeout: 60_000 })
      .catch(async (late: unknown) => {
        await keepScreenshot(page, 'cloud-lesson-stuck');
        throw late;
      });
    return await card(name).getByText(text).innerText();
  };
  const waiting = async () => Number(/\d+/.exec(await says('Built-in broker', /^Paused by you: \d+ waits?$/))?.[0]);
  /** A table that the gateway writes into, read beside it. */
  const held = (gateway?: string) => {
    const table = new DatabaseSync(join(userDir, 'cloud.sqlite'), { readOnly: true });
    try {
      return table
        .prepare(
          'SELECT stream, sequence FROM millrace_messages WHERE gateway = ? OR ? IS NULL ORDER BY stream, sequence',
        )
        .all(gateway ?? null, gateway ?? null)
        .map(({ stream, sequence }) => `${String(stream)} ${String(sequence)}`);
    } finally {
      table.close();
    }
  };
  const post = (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
    fetch(`${studio.url}/millrace`, {
      ...{ method: 'POST', body },
      headers: { 'Content-Type': 'application/json', ...headers },
    });
  const byHand = (sequence: number) =>
    JSON.stringify({ payload: 21.5, key: { gateway: 'by-hand', stream: 'test', sequence } });
  const verify = async (...more: readonly string[]) =>
    await promisify(execFile)(process.execPath, [
      ...[command, 'outbox', 'verify', join(userDir, 'cloud.sqlite'), '--user-dir', userDir],
      ...more,
    ]);

  it('charts what arrives, and a label that changes above changes below', async () => {
    await page.getByRole('tab', { name: /^Live/ }).click();
    await page.locator('.millrace-sidebar').getByText('how sure it is').waitFor({ timeout: 60_000 });
    await status('label', /^healthy$/);
    await page.locator('#cloud-wear .red-ui-flow-node-button').click();
    await status('infer', /^worn bearing/);
    await status('label', /^worn bearing$/);
  });

  it('keeps what the gateway takes while the line is cut, also when the plug is pulled', async () => {
    await page.getByRole('tab', { name: /^Outbox/ }).click();
    await card('Built-in broker').getByRole('button', { name: 'Pause' }).click();
    await status('send', /paused$/);
    await until(async () => (await waiting()) >= 20, 'a backlog', 60_000);
    await keepScreenshot(page, 'cloud-lesson-cut-light');
    const before = await waiting();
    await studio.kill();
    studio = await startStudio({ userDir, args: ['--flow', join(userDir, 'test-flow.json')] });
    await page.goto(studio.url);
    await page.locator('#cloud-infer').waitFor();
    await page.getByRole('tab', { name: /^Outbox/ }).click();
    expect(await waiting()).toBeGreaterThanOrEqual(before);
  });

  it('delivers all of it when the line is mended, and proves it', async () => {
    const before = held().length;
    const backlog = await waiting();
    await card('Built-in broker').getByRole('button', { name: 'Resume' }).click();
    await says('Built-in broker', /^Everything delivered$/);
    await until(() => held().length >= before + backlog, 'the backlog in the table', 60_000);
    const delivered = Date.now();
    await keepScreenshot(page, 'cloud-lesson-mended-light');
    // It is written every ten seconds at most: the gateway that was killed may not have come to its first.
    const ledger = () => stat(join(userDir, 'millrace/outbox/ledger.json')).catch(() => undefined);
    await until(async () => ((await ledger())?.mtimeMs ?? 0) > delivered || undefined, 'the ledger');
    const { stdout } = await verify('--destination', 'Built-in broker');
    expect(stdout).toMatch(/^Complete: \d+ messages acknowledged, and all of them are there\.$/m);
  });

  it('takes by HTTP what comes one by one, as an array, as lines or packed, and each once', async () => {
    const lines = { 'Content-Type': 'application/x-ndjson' };
    const packed = { 'Content-Encoding': 'gzip' };
    const answers = [
      await post(byHand(1)),
      await post(byHand(1)),
      await post(`[${byHand(2)},${byHand(3)}]`),
      await post(`${byHand(4)}\n${byHand(5)}\n`, lines),
      await post(Uint8Array.from(gzipSync(byHand(6))), packed),
    ];
    expect(answers.map((answer) => answer.status)).toEqual([204, 204, 204, 204, 204]);
    const all = [1, 2, 3, 4, 5, 6].map((sequence) => `test ${sequence}`);
    await until(() => held('by-hand').length >= all.length, 'what was posted');
    expect(held('by-hand')).toEqual(all);
  });

  it('breaks nothing in the page', () => {
    expect(problems).toEqual([]);
  });
});
