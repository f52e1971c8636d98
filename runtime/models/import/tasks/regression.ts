import { isNumeric, isSingle, type Out, type ProposedTask, withRole, withRoles } from './output-facts.ts';

const REGRESSORS = new Set(['TreeEnsembleRegressor', 'LinearRegressor', 'SVMRegressor']);

/** One number and nothing else. */
export function asRegression(outs: readonly Out[], forced: boolean): ProposedTask | undefined {
  const values = outs.filter((out) => isNumeric(out) && (out.width === 1 || (forced && isSingle(out))));
  const [value] = values;
  if (!value || (!forced && outs.length > 1)) return undefined;
  const because = REGRESSORS.has(value.op)
    ? `It holds a regressor (${value.op}) and answers one number.`
    : `It answers one number ("${value.name}") that nothing limits to between 0 and 1.`;
  return {
    task: 'regression',
    because,
    outputs: withRoles(outs, new Map([[value, withRole(value, 'value')]])),
    warnings: [],
  };
}
