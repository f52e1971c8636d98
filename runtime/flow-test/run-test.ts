/** Runs one test of a flow, in a process whose time is virtual. */
import { asMillraceError } from '../base/index.ts';
import { type ExpectationResult, milliseconds } from '../messages/index.ts';
import { parseFlow, startHeadless } from '../server/index.ts';
import { createJudge, type Judge, type Moment } from './expectations/judge.ts';
import { errors } from './errors.ts';
import { adaptNodes, type Nodes } from './nodes/adapt.ts';
import type { Address } from './nodes/address.ts';
import { mapFlow, type Place, type Port } from './nodes/flow-map.ts';
import { refuseCircles } from './nodes/config-circles.ts';
import { findCoreNodes, typesThatReachOutside } from './nodes/outside.ts';
import { openPlaying, type Playing, statedTimes } from './play.ts';
import type { Outcome, TestRequest } from './request.ts';
import { createStrayErrors } from './stray-errors.ts';
import { quietLog, trialServices } from './surroundings.ts';
import type { VirtualTime } from './time/virtual-time.ts';

/** How long a flow runs on after the last thing that the test says a time of, ms. */
const AFTERWARDS = 5_000;

/**
 * @throws FLOW_NOT_JSON, FLOW_NOT_A_FLOW, TEST_NODE_UNKNOWN, TEST_NODE_AMBIGUOUS, TEST_OUTPUT_UNKNOWN, TEST_CONFIG_NAMES_ITSELF, and what the recordings and Node-RED's start throw
 */
export async function runTest(request: TestRequest, time: VirtualTime): Promise<Outcome> {
  const { test, userDir } = request;
  const flow = parseFlow(request.flow.file, request.flow.text);
  refuseCircles(flow);
  const epoch = Date.parse(test.clock);
  const map = mapFlow(flow);
  const played = test.play.map((entry, index) => {
    const place = map.find(entry.node, `play[${index}].node`);
    portsOf(place, entry.output, `play[${index}].output`);
    return { entry, place };
  });
  const given = test.give.map((entry, index) => ({ entry, place: map.find(entry.node, `give[${index}].node`) }));
  const held = test.expect.map((expectation, index) => {
    const place = map.find(expectation.node, `expect[${index}].node`);
    const looksAtOutput = expectation.input !== true && !['error', 'status'].includes(expectation.expect);
    const ports = looksAtOutput ? portsOf(place, expectation.output, `expect[${index}].output`) : [];
    return { expectation, place, ports, judge: createJudge(expectation, place.label) };
  });

  let playing: readonly Playing[] = [];
  const moment = (): Moment => ({ at: time.elapsed(), samples: playing[0]?.samples ?? 0 });
  const strays = createStrayErrors(map);
  const atPort = groupBy(held, ({ ports }) => ports.map(({ address, port }) => `${address} ${port}`));
  const atInput = groupBy(
    held.filter(({ expectation }) => expectation.input),
    ({ place }) => [place.address],
  );
  const atNode = groupBy(held, ({ place }) => [place.address]);
  const sightings = {
    sent: (address: Address, port: number, message: Record<string, unknown>) =>
      atPort.get(`${address} ${port}`)?.forEach(({ judge }) => judge.message(message, moment())),
    received: (address: Address, message: Record<string, unknown>) =>
      atInput.get(address)?.forEach(({ judge }) => judge.message(message, moment())),
    status: (address: Address, text: string) =>
      atNode.get(address)?.forEach(({ judge }) => judge.status(text, moment())),
    error(address: Address, thrown: unknown) {
      const { code, message } = describeError(thrown);
      const now = moment();
      const judges: readonly { readonly judge: Judge }[] = atNode.get(address) ?? [];
      const named = judges.filter(({ judge }) => judge.error(code, message, now));
      if (named.length === 0) strays.add(address, code, message);
    },
  };

  const services = await trialServices(request, time.clock, (target, message) => sightings.received(target, message));
  const outside = await typesThatReachOutside(findCoreNodes());
  let nodes: Nodes | undefined;
  let begun = false;
  const begin = () => {
    if (!begun) time.begin(epoch);
    begun = true;
  };
  const started = await startHeadless({
    ...{ userDir, flow, clock: time.clock, replaced: outside, log: quietLog((error) => sightings.error('', error)) },
    ...(request.credentials && { credentials: request.credentials }),
    ...services,
    functionModules: request.ground?.functionModules ?? false,
    adapt(loaded) {
      loaded.red.events.on('flows:starting', begin);
      const watched = new Set(held.flatMap(({ ports }) => ports.map(({ address }) => address)));
      const silenced = new Set(played.map(({ place }) => place.address));
      nodes = adaptNodes(loaded, { silenced, outside, watched, inputs: atInput.size > 0, sightings });
    },
  });
  // Node-RED starts nothing where the flow is empty.
  begin();
  const nodeAt = ({ address, id }: Place) => nodes?.at(address) ?? started.loaded.red.nodes.getNode(id);

  playing = await Promise.all(
    played.map(({ entry, place }) =>
      openPlaying(entry, request.recordings, time, epoch, (message) => {
        const before = new Array<undefined>(entry.output - 1).fill(undefined);
        nodeAt(place)?.send(entry.output === 1 ? message : [...before, message]);
      }),
    ),
  );
  for (const { entry, place } of given) {
    time.schedule(milliseconds(entry.at), () =>
      nodeAt(place)?.receive(entry.message && structuredClone(entry.message)),
    );
  }
  for (const each of playing) await each.begin();

  const stated = Math.max(...statedTimes(test));
  const endOf = (): number => {
    if (test.duration !== undefined) return milliseconds(test.duration);
    return Math.max(stated, ...playing.map(({ endedAt = Infinity }) => endedAt)) + AFTERWARDS;
  };
  // A timer just behind the end, so that time gets there, and what happens in the last moment belongs to the test.
  let over = false;
  const finish = () => {
    const left = endOf() - time.elapsed();
    if (left < 0) over = true;
    else time.schedule(Math.min(left + 1, AFTERWARDS), finish);
  };
  time.schedule(0, finish);
  await time.run(() => over);
  for (const [index, { problems }] of playing.entries()) {
    for (const problem of problems) strays.add(played[index]?.place.address ?? '', problem.code, problem.message);
  }
  await Promise.all(playing.map((each) => each.close()));

  return {
    expectations: held.map(({ judge, place }): ExpectationResult => {
      const { difference, ...verdict } = judge.verdict();
      return { node: place.id, ...verdict, ...(difference && { difference: [...difference] }) };
    }),
    errors: test.errors === 'ignore' ? [] : strays.list(),
    virtualMs: Math.min(time.elapsed(), endOf()),
  };
}

/** @throws TEST_OUTPUT_UNKNOWN */
function portsOf(place: Place, output: number, setting: string): readonly Port[] {
  const ports = output <= place.outputCount ? place.outputs(output) : undefined;
  if (ports) return ports;
  throw errors.TEST_OUTPUT_UNKNOWN({ node: place.label, setting, output, outputs: place.outputCount });
}

function groupBy<T>(items: readonly T[], keysOf: (item: T) => readonly string[]): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) for (const key of keysOf(item)) groups.set(key, [...(groups.get(key) ?? []), item]);
  return groups;
}

/** Of what a node reported: an Error of any realm, an object, or a text. */
function describeError(thrown: unknown): { readonly code: string; readonly message: string } {
  if (typeof thrown !== 'object' || thrown === null) return { code: 'ERROR', message: String(thrown) };
  const { code, message } = thrown as { readonly code?: unknown; readonly message?: unknown };
  return {
    code: typeof code === 'string' && code !== '' ? code : 'ERROR',
    message: typeof message === 'string' ? message : asMillraceError(thrown).message,
  };
}
