import { basename, dirname } from 'node:path';

/**
 * What a flow is called by its file: its tests lie in a folder of this name.
 *
 * @example
 * flowName('/home/me/.millrace/flows/pump.json'); // 'pump'
 *
 * @example
 * flowName('/srv/flows/pump/flow.json'); // 'pump'
 */
export function flowName(file: string): string {
  const name = basename(file).replace(/\.json$/, '');
  // A folder for each flow, as those that come with Millrace have it.
  return name === 'flow' ? basename(dirname(file)) : name;
}
