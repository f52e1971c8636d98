import { errors } from '../errors.ts';
import { FUNCTION_MODULES, RISKY } from '../off-on-device.ts';
import type { FlowNode } from '../types.ts';
import type { Findings } from './findings.ts';
import { activeNodes, called } from './nodes.ts';

/**
 * Which of the risky nodes of a flow may run on the device.
 *
 * @param allow what may
 */
export function allowedNodes(flow: readonly FlowNode[], allow: readonly string[], findings: Findings): string[] {
  const unknown = allow.find((type) => !RISKY.includes(type));
  if (unknown !== undefined) findings.problem(errors.ALLOW_UNKNOWN({ type: unknown, known: RISKY }));
  const used = risks(flow);
  for (const [risk, node] of new Map(used.filter(([risk]) => !allow.includes(risk)))) {
    findings.warn(errors.NODE_OFF_ON_DEVICE({ node: called(node), allow: risk }));
  }
  return [...new Set(used.map(([risk]) => risk).filter((risk) => allow.includes(risk)))].sort();
}

/** What of a flow is off on a device unless it is allowed. */
export const risksOf = (flow: readonly FlowNode[]): string[] => [...new Set(risks(flow).map(([risk]) => risk))].sort();

const risks = (flow: readonly FlowNode[]): [string, FlowNode][] =>
  activeNodes(flow).flatMap((node): [string, FlowNode][] => {
    const risk = riskOf(node);
    return risk === undefined ? [] : [[risk, node]];
  });

function riskOf(node: FlowNode): string | undefined {
  if (node.type === 'function') return modulesOf(node).length > 0 ? FUNCTION_MODULES : undefined;
  return RISKY.includes(node.type) ? node.type : undefined;
}

/** The modules that a function node loads, as npm calls their packages. */
export function modulesOf(node: FlowNode): string[] {
  const { libs } = node;
  if (node.type !== 'function' || !Array.isArray(libs)) return [];
  return libs.flatMap((lib: unknown) => {
    const { module } = (lib ?? {}) as { readonly module?: unknown };
    const [name] = typeof module === 'string' ? (/^(?:@[^/@]+\/)?[^/@]+/.exec(module.trim()) ?? []) : [];
    return name === undefined ? [] : [name];
  });
}
