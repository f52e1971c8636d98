/** The palette package in a Node-RED that somebody else runs. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keepScreenshot, noBrowser, openBrowser } from '../support/browser.ts';
import { watchLive } from '../support/live.ts';
import { until } from '../support/node-red.ts';
import {
  deploy,
  installed,
  installedPackages,
  nativeFiles,
  packed,
  type PlainNodeRed,
  startPlainNodeRed,
} from '../support/plain-node-red.ts';
import { freePort, pumpFlow } from '../support/studio.ts';

describe('millrace, installed into a plain Node-RED', () => {
  let userDir: string;
  let nodeRed: PlainNodeRed;
  beforeAll(async () => {
    // Without its optional dependency, as on a machine for which there is no native ONNX Runtime.
    userDir = await installed(await packed('millrace'), ['--omit=optional']);
    nodeRed = await startPlainNodeRed(userDir);
  }, 180_000);
  afterAll(() => nodeRed?.stop());

  it('brings no second Node-RED, no Express application server and no native build', async () => {
    const packages = await installedPackages(userDir);
    const forbidden = ['node-red', 'express', 'serialport', '@serialport/bindings-cpp', 'johnny-five'];
    expect(forbidden.filter((name) => packages.has(name))).toEqual([]);
    expect(await nativeFiles(userDir)).toEqual([]);
    const building = [...packages].filter(([, { scripts }]) => scripts?.['install'] ?? scripts?.['preinstall']);
    expect(building.map(([name]) => name)).toEqual([]);
  });

  it('offers the pump among the examples, and its icons and resources', async () => {
    const json = { headers: { accept: 'application/json' } };
    const examples = await (await fetch(`${nodeRed.url}/library/examples/flows/millrace`, json)).text();
    expect(examples).toContain('"pump"');
    expect((await fetch(`${nodeRed.url}/icons/millrace/millrace-infer.svg`)).status).toBe(200);
    expect((await fetch(`${nodeRed.url}/resources/millrace/editor.js`)).status).toBe(200);
  });

  it('predicts once the pump flow is imported, and feeds the sidebar', async () => {
    await deploy(nodeRed.url, await pumpFlow(await freePort()));
    const { views, close } = watchLive(nodeRed.url);
    await until(
      () => views.find((view) => view.kind === 'prediction' && view.classification?.label === 'healthy'),
      'a prediction in the live feed',
      30_000,
    );
    await until(() => views.find((view) => view.kind === 'outbox' && view.sent > 0), 'an acknowledged upload');
    close();
    expect(nodeRed.output()).not.toMatch(/TypeError|ReferenceError|Unhandled/);
  });

  it.skipIf(noBrowser())('shows predictions in the sidebar', async () => {
    const browser = await openBrowser();
    try {
      const page = await browser.newPage({ viewport: { width: 1600, height: 900 } });
      await page.goto(nodeRed.url);
      await page.locator('#pump-infer').waitFor();
      await page.evaluate("RED.sidebar.show('millrace')");
      await page.locator('.millrace-answer strong').filter({ hasText: 'healthy' }).waitFor();
      await page
        .locator('#pump-infer .red-ui-flow-node-status-label')
        .filter({ hasText: /^healthy/ })
        .waitFor();
      await keepScreenshot(page, 'plain-node-red');
    } finally {
      await browser.close();
    }
  });
});
