import { describe, expect, it } from 'vitest';
import { compactHeaps, startWorker } from '../../../runtime/workers/index.ts';
import type { EchoMethods } from './echo-worker.ts';

const url = new URL('./echo-worker.ts', import.meta.url);
const start = (heard: string[] = []) =>
  startWorker<EchoMethods, string>(url, {
    name: 'echo',
    data: { greeting: 'hello' },
    onEvent: (event) => heard.push(event),
  });

describe('a worker thread behind typed calls', () => {
  it('answers calls and reports events', async () => {
    const heard: string[] = [];
    const worker = await start(heard);
    expect(await worker.call('echo', 'mill')).toBe('hello mill');
    expect(heard).toEqual(['heard mill']);
    await worker.close();
  });

  it('carries a coded error with its hint over the thread boundary', async () => {
    const worker = await start();
    await expect(worker.call('refuse', 'x')).rejects.toMatchObject({
      code: 'ECHO_REFUSED',
      message: 'will not echo "x"',
      hint: 'Ask for something else.',
      title: 'refused',
    });
    await worker.close();
  });

  it('lets go of what it no longer needs, as the thread that started it does', async () => {
    const worker = await start();
    await worker.call('litter', 20e6);
    const before = await worker.call('heap');
    compactHeaps();
    expect(await worker.call('heap')).toBeLessThan(before - 10e6);
    await worker.close();
    compactHeaps();
  });

  it('rejects every waiting and later call when the thread dies, and says so once', async () => {
    const stopped: string[] = [];
    const worker = await startWorker<EchoMethods>(url, {
      name: 'echo',
      data: { greeting: '' },
      onStopped: (error) => stopped.push(error.code),
    });
    await worker.call('crash');
    const unanswered = new Promise((resolve) => setTimeout(resolve, 100)).then(() => worker.call('echo', 'late'));
    await expect(unanswered).rejects.toMatchObject({ code: 'WORKER_STOPPED' });
    expect(stopped).toEqual(['WORKER_STOPPED']);
  });

  it('can be given up while it is being started', async () => {
    const giveUp = new AbortController();
    const starting = startWorker<EchoMethods>(url, {
      name: 'echo',
      data: { greeting: '' },
      signal: giveUp.signal,
      onStopped: () => expect.unreachable(),
    });
    giveUp.abort();
    await expect(starting).rejects.toMatchObject({ code: 'WORKER_STOPPED' });
    const late = startWorker<EchoMethods>(url, { name: 'echo', data: { greeting: '' }, signal: giveUp.signal });
    await expect(late).rejects.toMatchObject({ code: 'WORKER_STOPPED' });
  });
});

describe('a worker in the same thread', () => {
  const startHere = (greeting: string, heard: string[] = []) =>
    startWorker<EchoMethods, string>(url, {
      name: 'echo',
      data: { greeting },
      thread: 'here',
      onEvent: (event) => heard.push(event),
    });

  it('answers as one in its own does, and each is a worker of its own', async () => {
    const heard: string[] = [];
    const [one, other] = [await startHere('one', heard), await startHere('other')];
    expect(await one.call('echo', 'mill')).toBe('one mill');
    expect(await other.call('echo', 'mill')).toBe('other mill');
    expect(heard).toEqual(['heard mill']);
    await expect(one.call('refuse', 'x')).rejects.toMatchObject({
      code: 'ECHO_REFUSED',
      hint: 'Ask for something else.',
    });
    await one.close();
    await expect(one.call('echo', 'late')).rejects.toMatchObject({ code: 'WORKER_STOPPED' });
    expect(await other.call('echo', 'still')).toBe('other still');
    await other.close();
  });

  it('answers without the event loop turning, so that virtual time can stand still meanwhile', async () => {
    const worker = await startHere('hello');
    let turned = false;
    setImmediate(() => (turned = true));
    await worker.call('echo', 'mill');
    expect(turned).toBe(false);
    await worker.close();
  });
});
