/** The outbox as a person at the sidebar meets it: a broker that is away, comes, and a table that refuses. */
import { execFile } from 'node:child_process';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBroker } from '../runtime/outbox/support.ts';
import { keepScreenshot, noBrowser, openBrowser } from '../support/browser.ts';
import { command, freePort, startStudio, type Studio } from '../support/studio.ts';

const PATIENCE = { timeout: 60_000 };
const at = { z: 'tab', x: 200, wires: [] };

describe.skipIf(noBrowser())('the outbox in the sidebar', { timeout: 120_000 }, () => {
  let studio: Studio;
  let browser: Browser;
  let page: Page;
  let webhook: Server;
  let port: number;
  /** What the web address answers, and which payloads it has taken. */
  const web = { refuses: true, taken: [] as string[] };
  const problems: string[] = [];

  beforeAll(async () => {
    port = await freePort();
    webhook = createServer((request, response) => {
      void textOf(request).then((body) => {
        if (web.refuses) return response.writeHead(422).end('the field "payload" is not one that I know');
        web.taken.push(body);
        response.writeHead(200).end();
      });
    });
    await new Promise<void>((listening) => webhook.listen(0, '127.0.0.1', listening));
    const hook = `http://127.0.0.1:${(webhook.address() as AddressInfo).port}/in`;
    studio = await startStudio({
      flow: [
        { id: 'tab', type: 'tab', label: 'outbox' },
        {
          ...{ ...at, id: 'tick', type: 'inject', y: 100, props: [{ p: 'payload' }], payload: '', payloadType: 'date' },
          ...{ repeat: '0.2', once: true, wires: [['up']] },
        },
        {
          ...{
            ...at,
            id: 'once',
            type: 'inject',
            y: 200,
            props: [{ p: 'payload' }],
            payload: 'no',
            payloadType: 'str',
          },
          ...{ repeat: '', once: true, wires: [['web']] },
        },
        { ...at, id: 'up', type: 'upload', x: 400, y: 100, stream: 'pump', target: 'cloud' },
        { ...at, id: 'web', type: 'upload', x: 400, y: 200, stream: 'door', target: 'hook' },
        { id: 'cloud', type: 'target', name: 'the cloud', kind: 'mqtt', url: `mqtt://127.0.0.1:${port}` },
        { id: 'hook', type: 'target', name: 'web shop', kind: 'https', webhook: hook },
      ],
    });
    browser = await openBrowser();
    page = await browser.newPage({ viewport: { width: 1600, height: 1400 } });
    page.on('pageerror', (error) => problems.push(String(error)));
    await page.goto(studio.url);
    await page.locator('#up').waitFor();
  }, 90_000);
  afterAll(async () => {
    await browser?.close();
    const code = await studio?.stop();
    await new Promise((closed) => webhook.close(closed));
    expect(code).toBe(0);
  });

  const card = (name: string) => page.locator(`.millrace-destination[aria-label="${name}"]`);
  const sentence = (name: string, text: RegExp) =>
    card(name).locator('.millrace-verdict').filter({ hasText: text }).waitFor(PATIENCE);
  const dark = (on: boolean) =>
    page.evaluate(`document.documentElement.classList.toggle('nr-theme-dark', ${String(on)})`);
  const millrace = async (...args: readonly string[]) =>
    (await promisify(execFile)(process.execPath, [command, 'outbox', ...args, '--user-dir', studio.userDir])).stdout;

  it('says how much waits, since when there is no connection, and what to do', async () => {
    await page.getByRole('tab', { name: 'Outbox' }).click();
    await sentence('the cloud', /wait: not connected since \d\d:\d\d/);
    await card('the cloud').getByText('tried again by itself').waitFor();
    await card('the cloud')
      .getByRole('img', { name: /What waited over the last/ })
      .waitFor();
    await page.getByRole('meter', { name: 'Room on disk' }).waitFor();
    await keepScreenshot(page, 'outbox-part-away');
  });

  it('shows the backlog grow, and stops sending when it is told to', async () => {
    const waiting = async () =>
      Number((await card('the cloud').locator('.millrace-facts dd').first().innerText()).replace(/\D.*$/, ''));
    const before = await waiting();
    await expect.poll(waiting, PATIENCE).toBeGreaterThan(before);
    await card('the cloud').getByRole('button', { name: 'Pause' }).click();
    await sentence('the cloud', /^\s*Paused by you: \d+ wait/);
    const broker = await startBroker({ port });
    await page.waitForTimeout(2_000);
    expect(broker.received).toEqual([]);
    await keepScreenshot(page, 'outbox-part-paused');

    await card('the cloud').getByRole('button', { name: 'Resume' }).click();
    await sentence('the cloud', /Everything delivered|Sending/);
    await expect.poll(() => broker.received.length, PATIENCE).toBeGreaterThan(before);
    const numbers = broker.received.map(({ message }) => message.key.sequence);
    expect(numbers.slice(0, before)).toEqual(Array.from({ length: before }, (_, index) => index + 1));
    await page.getByRole('tab', { name: 'Live', exact: true }).click();
    await page.locator('.millrace-card-outbox', { hasText: 'all delivered' }).first().waitFor(PATIENCE);
    await page.locator('.millrace-card-outbox').first().getByRole('button', { name: 'Open Outbox' }).click();
    await sentence('the cloud', /Everything delivered|Sending/);
  });

  it('shows what was refused, with the message itself, and sends it again', async () => {
    const shop = card('web shop');
    await shop.getByText('1 message refused').waitFor(PATIENCE);
    await shop.getByRole('button', { name: 'Look at them' }).click();
    const letter = shop.getByRole('listitem', { name: /door 1, refused/ });
    await letter.waitFor(PATIENCE);
    await letter.getByText('The message', { exact: true }).click();
    await letter.locator('pre', { hasText: '"payload": "no"' }).waitFor();
    await keepScreenshot(page, 'outbox-part-refused-light');
    await dark(true);
    await keepScreenshot(page, 'outbox-part-refused-dark');
    await dark(false);

    // What is deleted is gone: that is asked first.
    await letter.getByRole('button', { name: 'Delete' }).click();
    await letter.getByRole('button', { name: 'Keep' }).click();
    web.refuses = false;
    await letter.getByRole('button', { name: 'Send again' }).click();
    await expect.poll(() => web.taken.length, PATIENCE).toBeGreaterThan(0);
    expect(web.taken.join()).toContain('"payload":"no"');
    await shop.getByText('1 message refused').waitFor({ state: 'detached', ...PATIENCE });
  });

  it('says stream by stream how far it is', async () => {
    await card('web shop').getByText('Streams and gaps').click();
    await card('web shop').getByRole('row', { name: 'door 1 1 none' }).waitFor(PATIENCE);
  });

  it('is told on the command line too, from what the gateway has written down', async () => {
    await expect.poll(() => millrace('list').catch(() => ''), PATIENCE).toMatch(/web shop|hook/);
    const { running, destinations } = JSON.parse(await millrace('list', '--json')) as {
      running: boolean;
      destinations: { id: string }[];
    };
    expect(running).toBe(true);
    expect(destinations.map(({ id }) => id).sort()).toEqual(['cloud', 'hook']);
    await expect(millrace('pause', 'cloud')).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('sidebar') as unknown,
    });
  });

  it('fits into a narrow sidebar, and is reached by keys', async () => {
    await page.evaluate("document.querySelector('.millrace-sidebar').style.width = '250px'");
    const overhang = await page.evaluate(
      "Math.max(...[...document.querySelectorAll('.millrace-destination')].map((e) => e.scrollWidth - e.clientWidth))",
    );
    expect(overhang).toBeLessThanOrEqual(1);
    await keepScreenshot(page, 'outbox-part-narrow');
    await page.evaluate("document.querySelector('.millrace-sidebar').style.width = ''");
    await page.getByRole('tab', { name: 'Live', exact: true }).click();
    await page.getByRole('tab', { name: 'Live', exact: true }).press('End');
    await page.getByRole('tab', { name: 'Gateways' }).press('ArrowLeft');
    await card('web shop').waitFor(PATIENCE);
  });

  it('breaks nothing in the page', () => {
    expect(problems).toEqual([]);
  });
});

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const piece of request) text += String(piece);
  return text;
}
