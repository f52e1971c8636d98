/** The dialogs of upload and target: what each kind of destination asks first, what is folded, what is wrong and what is saved. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keepScreenshot, noBrowser, openBrowser } from '../support/browser.ts';
import type { FlowNode } from '../support/node-red.ts';
import { freePort, startStudio, type Studio } from '../support/studio.ts';

/** What is seen before anything is unfolded, by kind. */
const FIRST = {
  'built-in': ['port', 'topic'],
  mqtt: ['url', 'username', 'password', 'topic'],
  https: ['webhook', 'token', 'username', 'password', 'format'],
  s3: ['bucket', 'accessKeyId', 'secretAccessKey', 'endpoint', 'region', 'format'],
  postgres: ['database', 'username', 'password', 'table'],
  sqlite: ['databaseFile', 'table'],
  files: ['folder', 'format'],
} as const;

describe.skipIf(noBrowser())('the dialogs of the outbox', () => {
  let studio: Studio;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    const at = { z: 'tab', x: 300, wires: [] };
    studio = await startStudio({
      flow: [
        { id: 'tab', type: 'tab', label: 'outbox' },
        // As an older Millrace saved them.
        { id: 'upload', type: 'upload', ...at, y: 100, name: '', target: 'cloud', stream: 'pump' },
        { id: 'cloud', type: 'target', name: '', kind: 'built-in', port: await freePort(), topic: 'millrace/{stream}' },
      ],
    });
    browser = await openBrowser();
    page = await browser.newPage({ viewport: { width: 1366, height: 1000 } });
    await page.goto(studio.url);
    await page.locator('#upload').waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    expect(await studio?.stop()).toBe(0);
  });

  const dark = (on: boolean) =>
    page.evaluate(`document.documentElement.classList.toggle('nr-theme-dark', ${String(on)})`);
  const settled = () =>
    page.waitForFunction(
      "document.getAnimations().every(({ playState, effect }) => playState !== 'running' || effect.getTiming().iterations === Infinity)",
    );
  const both = async (name: string) => {
    await settled();
    await keepScreenshot(page, name);
    await dark(true);
    await keepScreenshot(page, `${name}-dark`);
    await dark(false);
  };
  const openUpload = async () => {
    await page.evaluate("RED.view.select({ nodes: [RED.nodes.node('upload')] })");
    await page.locator('#red-ui-workspace-chart').focus();
    await page.keyboard.press('Enter');
    await page.locator('#dialog-form').waitFor();
    await settled();
  };
  const openTarget = async () => {
    await openUpload();
    await page.locator('#node-input-btn-target-edit').click();
    await page.locator('#node-config-dialog-edit-form .millrace-target').waitFor();
    await settled();
  };
  const field = (name: string) => page.locator(`#node-config-input-${name}`);
  /** Node-RED looks at a field when a key comes up, or when it is left. */
  const write = async (name: string, text: string) => {
    await field(name).fill(text);
    await field(name).blur();
  };
  const section = (name: string) => page.locator(`[data-section="${name}"]`);
  const unfold = async (name: string) => {
    if ((await section(name).getAttribute('open')) === null) await section(name).locator('> summary').click();
  };
  /** Of the fields: those that can be seen. */
  const seen = () =>
    page
      .locator('.millrace-target [id^="node-config-input-"]')
      .evaluateAll((all) =>
        all
          .filter((each) => (each as HTMLElement).checkVisibility())
          .map(({ id }) => id.replace('node-config-input-', '')),
      );
  const doneTarget = async () => {
    await page.locator('#node-config-dialog-ok').click();
    await page.locator('#node-config-dialog-edit-form').waitFor({ state: 'detached' });
    await settled();
  };
  const done = async () => {
    await page.locator('#node-dialog-ok').click();
    await page.locator('#dialog-form').waitFor({ state: 'detached' });
  };
  const deploy = async (): Promise<readonly FlowNode[]> => {
    const answered = page.waitForResponse(
      (response) => response.request().method() === 'POST' && /flows$/.test(response.url()),
    );
    await page.keyboard.press('Control+d');
    expect((await answered).ok()).toBe(true);
    return (await (await fetch(`${studio.url}/flows`)).json()) as FlowNode[];
  };

  it('of upload: asks for stream, urgency and time in plain words, and saves them', async () => {
    await openUpload();
    const input = (name: string) => page.locator(`#node-input-${name}`);
    expect(await input('streamFrom').inputValue()).toBe('name');
    expect(await input('stream').inputValue()).toBe('pump');
    expect(await input('lane').inputValue()).toBe('live');
    expect(await input('keep').inputValue()).toBe('0');
    expect(await input('streamProperty').isVisible()).toBe(false);
    await both('upload-dialog');

    await input('streamFrom').selectOption('property');
    await input('streamProperty').fill('payload.machine');
    await input('lane').selectOption('alarm');
    await input('keep').fill('2');
    await input('keepUnit').selectOption('days');
    await page.locator('#upload-stream-label').getByText('Otherwise').waitFor();
    expect(await page.locator('#upload-forever').isVisible()).toBe(false);
    await both('upload-dialog-property');
    await done();
    const flow = await deploy();
    expect(flow.find(({ id }) => id === 'upload')).toMatchObject({
      ...{ streamFrom: 'property', streamProperty: 'payload.machine', stream: 'pump' },
      ...{ lane: 'alarm', keep: '2', keepUnit: 'days' },
    });
  });

  it(
    'of target: shows for each kind what it needs first, and nothing of the others',
    { timeout: 120_000 },
    async () => {
      await openTarget();
      for (const [kind, first] of Object.entries(FIRST)) {
        await field('kind').selectOption(kind);
        expect(await seen(), kind).toEqual(['name', 'kind', ...first]);
        await both(`target-${kind}`);
      }
      for (const kind of Object.keys(FIRST)) {
        await field('kind').selectOption(kind);
        for (const name of ['sending', 'room', 'protection']) await unfold(name);
        expect(await field('when').inputValue(), kind).toBe(kind === 's3' || kind === 'files' ? 'batch' : 'each');
        if (kind !== 'built-in' && kind !== 'sqlite') await unfold('more');
        const all = await seen();
        expect(all.includes('ca'), kind).toBe(['mqtt', 'https', 'postgres'].includes(kind));
        expect(all.includes('object'), kind).toBe(['s3', 'files'].includes(kind));
        await page.locator('.millrace-target').evaluate((all) => all.scrollIntoView({ block: 'end' }));
        await both(`target-${kind}-unfolded`);
      }
      await page.locator('#node-config-dialog-cancel').click();
      await page.locator('#node-config-dialog-edit-form').waitFor({ state: 'detached' });
      await page.locator('#node-dialog-cancel').click();
      await page.locator('#dialog-form').waitFor({ state: 'detached' });
    },
  );

  it('of target: says at the field what is wrong, and in the heading of a section what is set in it', async () => {
    await openTarget();
    await field('kind').selectOption('https');
    const marked = (name: string) => field(name).evaluate(({ classList }) => classList.contains('input-error'));
    const wrong = (name: string) => expect.poll(() => marked(name)).toBe(true);
    const right = (name: string) => expect.poll(() => marked(name)).toBe(false);
    await wrong('webhook');
    await write('webhook', 'ftp://cloud');
    await wrong('webhook');
    await write('webhook', 'https://cloud.example/in');
    await right('webhook');

    await unfold('sending');
    await field('when').selectOption('schedule');
    await field('schedule').selectOption('own');
    await write('cron', '0 99 * * *');
    await wrong('cron');
    await write('cron', '0 4 * * *');
    await right('cron');
    await write('perHour', '1');
    const now = (name: string) => section(name).locator('.millrace-more-now').textContent();
    expect(await now('sending')).toBe('at 0 4 * * * · 1 MB an hour');
    expect(await seen()).not.toContain('batchMessages');

    await unfold('protection');
    await section('protection').locator('.millrace-rows-add').click();
    await section('protection').locator('[data-control="field"]').fill('payload..name');
    await section('protection').locator('.millrace-invalid').filter({ hasText: 'a place in the message' }).waitFor();
    await section('protection').locator('[data-control="field"]').fill('payload.name');
    await section('protection').locator('[data-control="how"]').selectOption('hash');
    expect(await now('protection')).toBe('fields: payload.name');
    expect(await section('protection').locator('.millrace-invalid').textContent()).toBe('');
    await unfold('more');
    await write('ca', '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----');
    await write('privateKey', '-----BEGIN PRIVATE KEY-----\nsecret-of-mine\n-----END PRIVATE KEY-----');
    await write('token', 'token-of-mine');
    await both('target-https-set');
    await doneTarget();
    await done();
    const flow = await deploy();
    expect(flow.find(({ id }) => id === 'cloud')).toMatchObject({
      ...{ kind: 'https', webhook: 'https://cloud.example/in', when: 'schedule', schedule: 'own', cron: '0 4 * * *' },
      ...{ perHour: '1', ca: '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----' },
      protect: [{ field: 'payload.name', how: 'hash' }],
    });
    expect(JSON.stringify(flow)).not.toMatch(/secret-of-mine|token-of-mine/);
  });

  it('of target: keeps a saved secret unseen, also when the dialog is opened and closed again', async () => {
    await openTarget();
    expect(await field('privateKey').inputValue()).not.toContain('secret-of-mine');
    expect(await field('token').inputValue()).not.toContain('token-of-mine');
    await write('name', 'my cloud');
    await both('target-https-saved');
    await doneTarget();
    await done();
    await deploy();
    const { has_privateKey: key, has_token: token } = (await (
      await fetch(`${studio.url}/credentials/target/cloud`)
    ).json()) as Record<string, unknown>;
    expect({ key, token }).toEqual({ key: true, token: true });
  });
});
