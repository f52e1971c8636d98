/** Libraries, nodes, boards and ports. */
import { PIN_USE_WORDS } from '../../devices/index.ts';
import type { BoardProfile } from '../../messages/index.ts';
import { isListed, isPort } from '../serial-port.ts';
import type { FitPlace, ProblemKinds } from './problem.ts';

export const PARTS: ProblemKinds = {
  MODEL_CANNOT_RUN: {
    severity: 'error',
    meaning:
      'No way of running models on the gateway runs this one: it cannot be compiled, and ONNX Runtime does not work there.',
    fix: 'Have ONNX Runtime installed on the gateway (its `millrace doctor` says what is wrong), or use a model of trees or dense layers.',
    find: ({ needs, estimate, profile: { tier, tiers } }) =>
      needs.models
        .filter(({ name }) => !estimate.models.some((model) => model.name === name))
        .map(({ name }) => {
          if (tier !== undefined && !tiers.native.works && !tiers.wasm.works)
            return `nothing there runs the model "${name}": MILLRACE_TIER is "${tier}", and ONNX Runtime does not load`;
          if (tier !== undefined)
            return {
              text: `nothing there runs the model "${name}", since MILLRACE_TIER is "${tier}"`,
              hint: 'Unset MILLRACE_TIER on the gateway.',
            };
          return `nothing there runs the model "${name}": native: ${tiers.native.reason ?? 'it refuses the model'}; WebAssembly: ${tiers.wasm.reason ?? 'it refuses the model'}`;
        }),
  },
  LIBRARY_MISSING: {
    severity: 'error',
    meaning: 'A native library that the flow needs does not load on the gateway.',
    fix: 'Install it on the gateway.',
    find: ({ needs: { nativeLibraries }, profile: { serial } }) =>
      serial.problem !== undefined && nativeLibraries.includes('serialport')
        ? [
            {
              text: `the library for serial ports does not load there: ${serial.problem}`,
              hint: 'Install it on the gateway: npm install serialport. Or put the board on the network.',
            },
          ]
        : [],
  },
  NODE_MISSING: {
    severity: 'error',
    meaning: 'The flow has a type of node that neither the gateway nor the bundle has.',
    fix: 'Install the package in the studio, so that it goes into the bundle, or take the node out of the flow.',
    find({ needs, profile, brought }) {
      // A profile that could not list them says nothing; what the bundle brings along is not known by type.
      if (profile.nodeTypes.length === 0 || brought) return [];
      const missing = needs.nodeTypes.filter(
        (type) => !type.startsWith('subflow') && !profile.nodeTypes.includes(type),
      );
      return missing.map((type) => `there is no node of the type "${type}" there`);
    },
  },
  BOARD_MISSING: {
    severity: 'error',
    meaning: 'The flow uses a board on a serial port that is not there.',
    fix: "Plug the board in, or choose one of the gateway's ports in the board's settings.",
    find: ({ needs, profile: { serial } }) =>
      serialBoards(needs).flatMap(({ name, port }) => {
        if (serial.ports.some((each) => isPort(each, port)) || (port !== undefined && !isListed(port))) return [];
        const there = serial.ports.map((each) => each.port).join(', ');
        return [
          port === undefined
            ? `the board "${name}" names no port`
            : `the board "${name}" is on ${port}, which is not there (there ${there === '' ? 'is none' : `are: ${there}`})`,
        ];
      }),
  },
  BOARD_FORBIDDEN: {
    severity: 'error',
    meaning: "The gateway's user may not open the port of a board that the flow uses.",
    fix: "Add the user to the port's group on the gateway: `sudo usermod -aG dialout USER`, and start Millrace anew.",
    find: ({ needs, profile: { serial } }) =>
      serialBoards(needs).flatMap(({ name, port }) => {
        const found = serial.ports.find((each) => isPort(each, port));
        return found?.problem === undefined
          ? []
          : [`the port of the board "${name}" cannot be opened: ${found.problem}`];
      }),
  },
  BOARD_UNABLE: {
    severity: 'error',
    meaning: 'The firmware of a board lacks what nodes of the flow need.',
    fix: 'Load a firmware that has it: StandardFirmata has I2C, ConfigurableFirmata has 1-Wire and stepper motors.',
    find: ({ needs, profile }) =>
      needs.boards.flatMap(({ name, port, features }) => {
        const board = boardAt(profile, port);
        if (!board) return [];
        const lacking = features.filter((feature) => !board.features.includes(feature));
        return lacking.length === 0
          ? []
          : [`the board "${name}" (firmware ${board.firmware}) lacks what the flow needs: ${lacking.join(', ')}`];
      }),
  },
  PIN_UNABLE: {
    severity: 'error',
    meaning: 'A pin of a board is not there, or cannot do what a node of the flow needs of it.',
    fix: 'Choose another pin in the node, or another board on the gateway.',
    find: ({ needs, profile }) =>
      needs.boards.flatMap(({ name, port, pins = [] }) => {
        const board = boardAt(profile, port);
        return board ? pins.flatMap((need) => pinProblem(name, board, need) ?? []) : [];
      }),
  },
  PORT_HELD: {
    severity: 'error',
    meaning: 'Another program on the gateway listens on a port that the flow needs.',
    fix: 'Stop that program, or give the flow another port.',
    find: ({ needs, profile }) =>
      heldBy(
        profile,
        needs.ports.filter((port) => !needs.brokerPorts?.includes(port)),
      ),
  },
  BROKER_PORT_HELD: {
    severity: 'warning',
    meaning:
      'Another program on the gateway holds the port of the built-in broker, such as the studio itself where both are one machine. What is to be sent waits on disk until the port is free.',
    fix: 'Stop that program, or give the target another port.',
    find: ({ needs, profile }) =>
      heldBy(profile, needs.brokerPorts ?? []).map(
        (text) => `${text}: uploads to the built-in broker wait until it is free`,
      ),
  },
};

const heldBy = (profile: FitPlace['profile'], ports: readonly number[]) =>
  ports.flatMap((port) => {
    const held = profile.ports.find((each) => each.port === port && !each.own);
    return held ? [`port ${port} is held by ${held.holder ?? 'another program'}`] : [];
  });

const serialBoards = (needs: FitPlace['needs']) => needs.boards.filter(({ kind }) => kind === 'serial');

/** What the board there has said of itself, if it has. */
const boardAt = ({ boards, serial }: FitPlace['profile'], port: string | undefined): BoardProfile | undefined => {
  const found = serial.ports.find((each) => isPort(each, port));
  return boards.find((board) => board.port === port || (found !== undefined && isPort(found, board.port)));
};

function pinProblem(
  name: string,
  { pins }: BoardProfile,
  { pin, use }: { readonly pin: string; readonly use: string },
) {
  const there = pins.find((each) => each.name === pin);
  if (there?.uses.includes(use)) return undefined;
  const wanted = (PIN_USE_WORDS as Readonly<Record<string, string>>)[use] ?? use;
  const able = pins.filter(({ uses }) => uses.includes(use)).map((each) => each.name);
  return {
    text: there
      ? `the pin ${pin} of the board "${name}" cannot do what the flow needs of it: ${wanted}`
      : `the board "${name}" has no pin ${pin}, which the flow needs for: ${wanted}`,
    hint:
      able.length > 0
        ? `These can: ${able.join(', ')}. Choose one of them in the node, or use another board on the gateway.`
        : 'None of its pins can: use another board on the gateway.',
  };
}
