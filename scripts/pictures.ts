// npm run pictures: makes the screenshots of README.md, of docs/ and of the lesson again, from the running product.
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { openBrowser } from './browser.ts';
import { root, studioPackage } from './build/paths.ts';

// Another Millrace on this machine may have the built-in broker's own port.
const PORT = '1895';

/** A usual window, and one for flows that are wider. */
const USUAL = { width: 1366, height: 900 };
const WIDE = { width: 1680, height: 900 };
/** Canvas and sidebar of the usual window. */
const CANVAS = { x: 214, y: 42, width: 1152, height: 618 };

/** Of all, or of those that are named: `node scripts/pictures.ts cloud`. */
const named = process.argv.slice(2);
for (const { name, flow = name, height = USUAL.height, take } of [
  { name: 'pump', take: pumpAndLessons },
  { name: 'cloud', take: cloudLesson },
  { name: 'greenhouse', take: greenhouseLesson },
  { name: 'gesture', take: gestureLesson },
  // The card of a board is taller than the sidebar usually is.
  { name: 'virtual-board', flow: 'greenhouse', height: 1900, take: virtualBoard },
]) {
  if (named.length === 0 || named.includes(name)) await inStudio(flow, height, take);
}

/** Starts the product with a flow in a directory of its own, opens the editor, and ends both. */
async function inStudio(name: string, height: number, take: (page: Page) => Promise<void>): Promise<void> {
  const userDir = await mkdtemp(join(tmpdir(), 'millrace-pictures-'));
  const flow = JSON.parse(await readFile(join(root, `flows/${name}/flow.json`), 'utf8')) as { type: string }[];
  const moved = flow.map((node) => (['target', 'mqtt-broker'].includes(node.type) ? { ...node, port: PORT } : node));
  await mkdir(join(userDir, 'flows'), { recursive: true });
  await writeFile(join(userDir, `flows/${name}.json`), JSON.stringify(moved));
  const command = join(studioPackage, 'runtime/cli/main.js');
  const args = ['start', '--flow', name, '--port', '0', '--user-dir', userDir];
  const studio = spawn(process.execPath, [command, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((done) => studio.on('exit', done));
  const browser = await openBrowser();
  try {
    const page = await browser.newPage({ viewport: { ...USUAL, height } });
    await page.goto(await addressOf(studio));
    await take(page);
  } finally {
    await browser.close();
    studio.kill('SIGTERM');
    await ended;
    await rm(userDir, { recursive: true, force: true });
  }
}

/** What the studio prints when it runs. */
function addressOf(studio: ReturnType<typeof spawn>): Promise<string> {
  return new Promise((done, fail) => {
    let output = '';
    studio.stdout?.on('data', (chunk: Buffer) => {
      output += String(chunk);
      const found = /https?:\/\/\S+/.exec(output);
      if (found) done(found[0]);
    });
    studio.on('exit', (code) => fail(new Error(`the studio ended with ${code}`)));
  });
}

/** The front page's pictures, those of docs/, and the lessons in whose flow nothing else runs. */
async function pumpAndLessons(page: Page): Promise<void> {
  await page.locator('#pump-infer').waitFor();
  // Half a minute of a well pump, so that the charts are full.
  await page.waitForTimeout(30_000);
  await page.locator('#pump-wear .red-ui-flow-node-button').click();
  await page.locator('.millrace-verdict-drifting').waitFor();
  await page.waitForTimeout(6_000);
  const picture = (name: string) => join(root, 'docs/pictures', `${name}.png`);
  await mkdir(join(root, 'docs/pictures'), { recursive: true });
  await page.screenshot({ path: picture('editor') });
  await page.screenshot({ path: join(root, 'flows/pump/pump.png'), clip: CANVAS });
  await page.getByRole('tab', { name: 'Tests' }).click();
  await page.getByRole('button', { name: 'Run all' }).click();
  await page.getByText(/^\d+ passed$/).waitFor({ timeout: 120_000 });
  await page.waitForTimeout(1_000);
  await page.screenshot({ path: picture('tests'), clip: CANVAS });
  await page.setViewportSize(WIDE);

  await page.getByRole('tab', { name: 'Models' }).click();
  await pumpHealth(page).getByRole('button', { name: '1.0.0' }).click();
  await page.getByText('Try it', { exact: true }).click();
  await page.getByRole('button', { name: 'Ask the model' }).click();
  await page.getByText(/^answered in/).waitFor();
  await page.waitForTimeout(1_000);
  await page.locator('.millrace-sidebar').getByText('Details', { exact: true }).click();
  // The end of the form, the answer, and how good it was.
  await page.evaluate("document.querySelector('.millrace-confusion').scrollIntoView({ block: 'end' })");
  await page.screenshot({ path: picture('models'), clip: { x: 1376, y: 42, width: 304, height: 630 } });
  await page.evaluate("RED.view.select({ nodes: [RED.nodes.node('pump-features')] })");
  await page.locator('#red-ui-workspace-chart').focus();
  await page.keyboard.press('Enter');
  await page.locator('.millrace-origin-live').waitFor();
  await page.waitForTimeout(2_000);
  await page
    .locator('.red-ui-tray')
    .last()
    .screenshot({ path: picture('recipe') });
  await page.keyboard.press('Control+Escape');
  await page.locator('.red-ui-tray').waitFor({ state: 'detached' });
  await lesson(page);
  await page.screenshot({
    path: join(root, 'flows/first-model/first-model.png'),
    clip: { x: 214, y: 42, width: 1466, height: 618 },
  });
  await page.locator('.millrace-headline').first().scrollIntoViewIfNeeded();
  await page.evaluate("document.querySelector('.millrace-headline').scrollIntoView({ block: 'start' })");
  await page.waitForTimeout(500);
  await page.screenshot({ path: picture('training'), clip: { x: 1376, y: 42, width: 304, height: 630 } });
  await driftLesson(page);
  await page.screenshot({
    path: join(root, 'flows/drift/drift.png'),
    clip: { x: 214, y: 42, width: 1466, height: 830 },
  });
}

/** Version 1.0.0 of the flow's model, in the list of models. */
function pumpHealth(page: Page): Locator {
  const versions = page.locator('.millrace-sidebar').getByRole('list', { name: 'pump-health', exact: true });
  return versions.locator('> li').filter({ hasText: '1.0.0' });
}

/** The first lesson up to its first model, without the tour. */
async function lesson(page: Page): Promise<void> {
  await page.getByRole('tab', { name: 'Training' }).click();
  await page.getByRole('button', { name: 'Start the lesson' }).click();
  await page.locator('.red-ui-tourGuide-popover').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('.red-ui-tourGuide-popover').waitFor({ state: 'detached' });
  await page.locator('#red-ui-header-button-deploy').click();
  await page.getByRole('tab', { name: 'Data' }).click();
  for (const [press, label] of [
    ['mend', 'healthy'],
    ['wear', 'worn bearing'],
    ['block', 'blocked inlet'],
  ] as const) {
    await page.locator(`#first-${press} .red-ui-flow-node-button`).click();
    await page.waitForTimeout(3_500);
    const box = await page.locator('.millrace-hold', { hasText: label }).boundingBox();
    await page.mouse.move((box?.x ?? 0) + 60, (box?.y ?? 0) + 20);
    await page.mouse.down();
    await page.waitForTimeout(12_000);
    await page.mouse.up();
  }
  await page.getByRole('tab', { name: 'Training' }).click();
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  await page.locator('.millrace-headline').waitFor({ timeout: 120_000 });
  await page.waitForTimeout(8_000);
}

/** The drift lesson, imported as a newcomer would, after its bearing was worn. */
async function driftLesson(page: Page): Promise<void> {
  const nodes = await readFile(join(root, 'flows/drift/flow.json'), 'utf8');
  await page.evaluate(`RED.view.importNodes(${nodes}, { generateIds: false, addFlow: false })`);
  await page.evaluate("RED.workspaces.show('drift')");
  await page.locator('#red-ui-header-button-deploy').click();
  await page.getByRole('tab', { name: /^Drift/ }).click();
  await page.locator('#drift-model .red-ui-flow-node-status-label').filter({ hasText: 'no drift' }).waitFor();
  await page.waitForTimeout(15_000);
  await page.locator('#drift-wear .red-ui-flow-node-button').click();
  await page
    .locator('#drift-answers .red-ui-flow-node-status-label')
    .filter({ hasText: /^answers/ })
    .waitFor();
  await page.waitForTimeout(8_000);
}

/** The cloud lesson with its line cut: what waits stands at the gateway and in the sidebar. */
async function cloudLesson(page: Page): Promise<void> {
  await page.setViewportSize(WIDE);
  await page.locator('#cloud-label .red-ui-flow-node-status-label').filter({ hasText: 'healthy' }).waitFor();
  await page.waitForTimeout(20_000);
  await page.locator('#cloud-wear .red-ui-flow-node-button').click();
  await page.waitForTimeout(8_000);
  await page.getByRole('tab', { name: /^Outbox/ }).click();
  await page.getByRole('listitem', { name: 'Built-in broker' }).getByRole('button', { name: 'Pause' }).click();
  await page.waitForTimeout(12_000);
  await page.screenshot({
    path: join(root, 'flows/cloud/cloud.png'),
    clip: { x: 214, y: 42, width: 1466, height: 660 },
  });
}

/** Half a minute after the window of the greenhouse began to open. */
async function hotDay(page: Page): Promise<void> {
  const says = (text: string) => page.locator('#greenhouse-says .red-ui-flow-node-status-label', { hasText: text });
  await says('closed').waitFor({ timeout: 60_000 });
  await page.waitForTimeout(15_000);
  await page.locator('#greenhouse-hot .red-ui-flow-node-button').click();
  await says('open').waitFor({ timeout: 120_000 });
  await page.waitForTimeout(20_000);
}

async function greenhouseLesson(page: Page): Promise<void> {
  await hotDay(page);
  await page.screenshot({
    path: join(root, 'flows/greenhouse/greenhouse.png'),
    clip: CANVAS,
  });
}

/** The card of the greenhouse's board, as a whole. */
async function virtualBoard(page: Page): Promise<void> {
  await hotDay(page);
  await page.locator('.millrace-card-board').screenshot({ path: join(root, 'docs/pictures/virtual-board.png') });
}

/** A wrist that waves, after it was still. */
async function gestureLesson(page: Page): Promise<void> {
  const says = (text: string) => page.locator('#gesture-says .red-ui-flow-node-status-label', { hasText: text });
  await says('still').waitFor({ timeout: 60_000 });
  await page.waitForTimeout(10_000);
  await page.locator('#gesture-wave .red-ui-flow-node-button').click();
  await says('wave').waitFor({ timeout: 30_000 });
  await page.waitForTimeout(8_000);
  await page.screenshot({
    path: join(root, 'flows/gesture/gesture.png'),
    clip: CANVAS,
  });
}
