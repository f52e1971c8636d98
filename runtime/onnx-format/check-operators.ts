import { errors } from './errors.ts';
import type { OnnxModel, OpsetImport } from './model.ts';
import { NEWEST_IR, NEWEST_OPSETS } from './newest.ts';
import { allNodes } from './walk.ts';

/**
 * Refuses what ONNX Runtime cannot run because it does not know it: custom operators, operator sets and file formats
 * that are newer than the library.
 *
 * @throws ONNX_IR_TOO_NEW, ONNX_OPSET_TOO_NEW, ONNX_OPSET_MISSING, ONNX_OPERATOR_UNKNOWN
 */
export function checkOperators(model: OnnxModel): void {
  if (model.irVersion > NEWEST_IR) throw errors.ONNX_IR_TOO_NEW({ version: model.irVersion, newest: NEWEST_IR });
  for (const opset of [...model.opsets, ...model.functions.flatMap(({ opsets }) => opsets)]) checkOpset(opset);
  checkNodes(model);
}

function checkOpset({ domain, version }: OpsetImport): void {
  const newest = NEWEST_OPSETS[domain];
  // Of a custom domain the number says nothing: its operators are refused by name, if any are used.
  if (newest === undefined || version <= BigInt(newest)) return;
  throw errors.ONNX_OPSET_TOO_NEW({ domain: domainName(domain), version, newest });
}

function checkNodes(model: OnnxModel): void {
  const own = new Set(model.functions.map(({ domain, name }) => `${domain} ${name}`));
  const imported = new Set([...model.opsets, ...model.functions.flatMap(({ opsets }) => opsets)].map(canonical));
  for (const { domain, op, name } of allNodes(model)) {
    if (own.has(`${domain} ${op}`)) continue;
    if (!(domain in NEWEST_OPSETS)) throw errors.ONNX_OPERATOR_UNKNOWN({ op, domain, node: name });
    if (!imported.has(canonical({ domain }))) throw errors.ONNX_OPSET_MISSING({ domain: domainName(domain), op });
  }
}

/** The standard operators have two names. */
const canonical = ({ domain }: { readonly domain: string }) => (domain === 'ai.onnx' ? '' : domain);

/** The name for people of the domain whose name is empty. */
export const domainName = (domain: string) => (domain === '' ? 'ai.onnx' : domain);
