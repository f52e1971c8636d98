/** Gateways as a person at the sidebar meets them: paired by a line, deployed to, looked at, taken back, forgotten. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../runtime/base/index.ts';
import { readBundle } from '../../runtime/bundle/index.ts';
import { openStudioLink, pairWithStudio, type StudioLink } from '../../runtime/rollout/index.ts';
import { keepScreenshot, noBrowser, openBrowser } from '../support/browser.ts';
import { standInGateway } from '../support/stand-in-gateway.ts';
import { freePort, startStudio, type Studio } from '../support/studio.ts';

const PATIENCE = { timeout: 60_000 };

describe.skipIf(noBrowser())('gateways in the sidebar', { timeout: 120_000 }, () => {
  let studio: Studio;
  let browser: Browser;
  let page: Page;
  let device: string;
  let link: StudioLink | undefined;
  const gateway = standInGateway('press 7');
  const problems: string[] = [];

  beforeAll(async () => {
    device = await mkdtemp(join(tmpdir(), 'millrace-device-'));
    studio = await startStudio({
      args: ['--gateway-port', String(await freePort())],
      flow: [
        { id: 'tab', type: 'tab', label: 'presses' },
        { id: 'other', type: 'tab', label: 'on trial' },
        {
          ...{ id: 'tick', type: 'inject', z: 'tab', x: 200, y: 100, props: [{ p: 'payload' }], payload: '${SITE}' },
          ...{ payloadType: 'str', repeat: '', once: false, wires: [['out']] },
        },
        { id: 'out', type: 'debug', z: 'tab', x: 400, y: 100, name: 'shown', wires: [] },
        { id: 'run', type: 'exec', z: 'tab', x: 400, y: 200, command: 'true', name: 'tidy up', wires: [[], [], []] },
        { id: 'judge', type: 'infer', z: 'tab', x: 600, y: 100, name: '', model: 'watched', wires: [[]] },
        { id: 'watched', type: 'model', name: '', model: 'pump-watch@production' },
        { id: 'note', type: 'debug', z: 'other', x: 200, y: 100, name: 'tried', wires: [] },
      ],
    });
    browser = await openBrowser();
    page = await browser.newPage({ viewport: { width: 1600, height: 1400 } });
    page.on('pageerror', (error) => problems.push(String(error)));
    await page.goto(studio.url);
    await page.locator('#tick').waitFor();
  }, 90_000);
  afterAll(async () => {
    await link?.close();
    await browser?.close();
    expect(await studio?.stop()).toBe(0);
    await rm(device, { recursive: true, force: true });
  });

  const card = (title: string) => page.locator(`.millrace-gateway[aria-label="${title}"]`);
  const sentence = (title: string, text: RegExp) =>
    card(title).locator('.millrace-verdict').filter({ hasText: text }).waitFor(PATIENCE);
  const dark = (on: boolean) =>
    page.evaluate(`document.documentElement.classList.toggle('nr-theme-dark', ${String(on)})`);
  const box = () => page.locator('.millrace-bundle');

  it('says what a gateway is where there is none, and shows the line that pairs one', async () => {
    await page.getByRole('tab', { name: 'Gateways' }).click();
    await page.getByText('No gateway is paired yet').waitFor(PATIENCE);
    await page.getByRole('button', { name: 'Pair a gateway' }).click();
    const line = page.getByLabel('Pairing line', { exact: true });
    await line.waitFor(PATIENCE);
    // From elsewhere nobody could come: the studio listens on this machine only, and says how to open it.
    await page.locator('.millrace-pairing').getByText('--host').waitFor();
    await keepScreenshot(page, 'gateways-pair');
    const [, code = ''] = /^millrace gateway pair (millrace1\.\S+)$/.exec(await line.innerText()) ?? [];
    expect(code).not.toBe('');

    await pairWithStudio({ userDir: device, identity: gateway.identity, code, clock: systemClock });
    await page.getByRole('heading', { name: '“press 7” is paired' }).waitFor(PATIENCE);
    link = openStudioLink({ userDir: device, gateway, say: () => undefined });
    await sentence('press 7', /nothing was deployed to it yet/);
    await page.locator('.millrace-pairing').getByRole('button', { name: 'Close' }).click();
  });

  it('saves a signed bundle of the flows that are chosen, after it has shown what goes in', async () => {
    await page.locator('#red-ui-header-button-sidemenu').click();
    await page.locator('#menu-item-millrace-export').click();
    await box().getByText('presses, on trial').waitFor(PATIENCE);
    await box().getByLabel('on trial').uncheck();
    await box()
      .locator('dd', { hasText: /^presses$/ })
      .waitFor(PATIENCE);
    await box().locator('.millrace-settings', { hasText: 'SITE' }).waitFor();
    await box()
      .getByText(/tidy up.* is off on the gateway/)
      .waitFor();
    await box()
      .getByLabel(/Let its “exec” nodes run on the gateway/)
      .check();
    await box()
      .getByText(/tidy up.* is off on the gateway/)
      .waitFor({ state: 'detached', ...PATIENCE });
    await box()
      .getByLabel(/Let the gateway decide which model “pump-watch@production” is/)
      .check();
    await keepScreenshot(page, 'gateways-export');
    const coming = page.waitForEvent('download', PATIENCE);
    await box().getByRole('button', { name: 'Save' }).click();
    const saved = await coming;
    expect(saved.suggestedFilename()).toBe('presses.mrb');
    const file = join(device, 'presses.mrb');
    await saved.saveAs(file);
    const { manifest, envelope } = await readBundle(file);
    expect(manifest.tabs.map(({ label }) => label)).toEqual(['presses']);
    expect(manifest.needs.allowed).toEqual(['exec']);
    expect(manifest.localAliases).toEqual(['pump-watch@production']);
    expect(manifest.settings.map(({ name }) => name)).toEqual(['SITE']);
    expect(envelope?.signatures).toHaveLength(1);
    await box().waitFor({ state: 'detached', ...PATIENCE });
  });

  it('deploys to a gateway, and tells step by step how it goes there', async () => {
    await card('press 7').getByRole('button', { name: 'Deploy …' }).click();
    await box().getByRole('combobox', { name: 'Gateway' }).waitFor(PATIENCE);
    await box().getByRole('button', { name: 'Deploy', exact: true }).click(PATIENCE);
    await expect.poll(() => gateway.installed, PATIENCE).toBeDefined();
    // Every file came as it stands in the bundle.
    expect(gateway.damaged()).toEqual([]);
    gateway.tell({ state: 'testing', progress: { text: 'test 2 of 5', share: 0.4 } });
    await sentence('press 7', /Runs the tests of “presses”: test 2 of 5/);
    await card('press 7').getByRole('progressbar', { name: 'Deploy' }).waitFor(PATIENCE);
    await keepScreenshot(page, 'gateways-deploying');
    gateway.runs(gateway.installed ?? '');
    await sentence('press 7', /Runs “presses”/);
    await card('press 7')
      .getByText(/^Deployed: presses, release \d+/)
      .waitFor(PATIENCE);
    await card('press 7').locator('.millrace-facts', { hasText: '96 MB' }).waitFor(PATIENCE);
    await card('press 7').getByText('it held for 5 min').waitFor();
    await keepScreenshot(page, 'gateways-light');
    await dark(true);
    await keepScreenshot(page, 'gateways-dark');
    await dark(false);
  });

  it('shows what a gateway writes to its log, as it comes, and what it counts', async () => {
    gateway.write('first line');
    await card('press 7').getByRole('button', { name: 'Log' }).click();
    const log = card('press 7').getByRole('log', { name: 'Log' });
    await log.getByText('first line').waitFor(PATIENCE);
    gateway.write('second line');
    await log.getByText('second line').waitFor(PATIENCE);
    expect((await log.innerText()).match(/first line/g)).toHaveLength(1);
    await card('press 7').getByRole('button', { name: 'Metrics' }).click();
    const metrics = card('press 7').getByRole('region', { name: 'Metrics' });
    await metrics.getByText('Predictions answered: pump-health').waitFor(PATIENCE);
    expect(await metrics.innerText()).toMatch(
      /Predictions answered: pump-health\s+1,234\s+Messages that wait: cloud\s+3/i,
    );
    await keepScreenshot(page, 'gateways-metrics');
    await card('press 7').getByRole('button', { name: 'Metrics' }).click();
  });

  it('asks before it restarts or goes back, and shows why something could not be done', async () => {
    await card('press 7').getByRole('button', { name: 'Restart' }).click();
    await card('press 7').getByRole('button', { name: 'Cancel' }).click();
    expect(gateway.asked).toEqual([]);
    await card('press 7').getByRole('button', { name: 'Restart' }).click();
    await card('press 7').getByRole('button', { name: 'Restart' }).click();
    await expect.poll(() => gateway.asked, PATIENCE).toEqual(['restart']);
    gateway.tell({ previous: { name: 'presses', version: 1, digest: '0'.repeat(64) } });
    await card('press 7').getByRole('button', { name: 'Go back' }).click(PATIENCE);
    await card('press 7').getByRole('button', { name: 'Go back' }).click();
    await card('press 7').getByText('there is nothing to go back to').waitFor(PATIENCE);
    gateway.tell({
      problem: { code: 'X', title: 'slow', message: 'its event loop hung for 40 s', hint: 'Look at its log.' },
    });
    await card('press 7').getByText('its event loop hung for 40 s').waitFor(PATIENCE);
    await page.getByRole('img', { name: 'a gateway needs somebody' }).waitFor(PATIENCE);
    await keepScreenshot(page, 'gateways-problem');
  });

  it('keeps a deploy for a gateway that is away', async () => {
    await link?.close();
    await sentence('press 7', /Away since \d\d:\d\d/);
    await card('press 7').getByRole('button', { name: 'Deploy …' }).click();
    await box().getByRole('button', { name: 'Deploy', exact: true }).click(PATIENCE);
    await card('press 7')
      .getByText(/^Waits until the gateway is back/)
      .waitFor(PATIENCE);
    await page.evaluate("document.querySelector('.millrace-sidebar').style.width = '250px'");
    const overhang = await page.evaluate(
      "Math.max(...[...document.querySelectorAll('.millrace-gateway')].map((e) => e.scrollWidth - e.clientWidth))",
    );
    expect(overhang).toBeLessThanOrEqual(1);
    await keepScreenshot(page, 'gateways-narrow');
    await page.evaluate("document.querySelector('.millrace-sidebar').style.width = ''");
    await dark(true);
    await keepScreenshot(page, 'gateways-waiting-dark');
    await dark(false);
    await card('press 7').getByRole('button', { name: 'Withdraw' }).click();
    await card('press 7')
      .getByText(/^Waits until the gateway is back/)
      .waitFor({ state: 'detached', ...PATIENCE });
  });

  it('calls a gateway as one likes, and forgets it', async () => {
    await card('press 7').getByRole('button', { name: 'Rename' }).click();
    await card('press 7').getByRole('textbox', { name: 'Rename' }).fill('the old press');
    await card('press 7').getByRole('textbox', { name: 'Rename' }).press('Enter');
    await card('the old press').getByRole('button', { name: 'Forget' }).click(PATIENCE);
    await card('the old press').getByRole('button', { name: 'Forget' }).click();
    await page.getByText('No gateway is paired yet').waitFor(PATIENCE);
  });

  it('is not there where no studio takes gateways', async () => {
    const plain = await browser.newPage();
    await plain.route('**/millrace/gateways', (route) => route.fulfill({ status: 404, body: 'Cannot GET' }));
    await plain.goto(studio.url);
    await plain.locator('#tick').waitFor();
    await plain.getByRole('tab', { name: 'Outbox' }).waitFor(PATIENCE);
    expect(await plain.getByRole('tab', { name: 'Gateways' }).count()).toBe(0);
    expect(await plain.locator('#menu-item-millrace-export').count()).toBe(0);
    await plain.close();
  });

  it('breaks nothing in the page', () => {
    expect(problems).toEqual([]);
  });
});
