import { readFile, stat } from 'node:fs/promises';
import { asMillraceError, systemClock } from '../base/index.ts';
import { readBundle } from '../bundle/index.ts';
import { diagnose, fitOfBundle, measureBundle, parseProfile, profileOf } from '../doctor/index.ts';
import type { BoardProfile, DoctorAnswer, MachineProfile } from '../messages/index.ts';
import { connectGateway } from '../rollout/index.ts';
import { findingLines, fitLines, profileLines } from './doctor-lines.ts';
import type { DoctorOptions } from './doctor-program.ts';
import { errors } from './errors.ts';
import { megabytes } from './megabytes.ts';
import { createProgressLine } from './progress-line.ts';
import type { Terminal } from './terminal.ts';

/** ms that the running gateway gets to answer. */
const PATIENCE = 15_000;

/**
 * `millrace doctor`
 *
 * @returns whether all is well: no error was found, and the bundle fits
 * @throws OPTION_INVALID, PROFILE_UNREADABLE, PROFILE_FILE_MISSING, or what is wrong with the bundle
 */
export async function doctor(
  bundle: string | undefined,
  { userDir, profile: profileOnly, on, boards, maxMemory, json }: DoctorOptions,
  terminal: Terminal,
): Promise<boolean> {
  const opened = bundle === undefined ? undefined : await readBundle(bundle);
  const ceiling = maxMemory === undefined ? undefined : megabytes(maxMemory);
  const there = on === undefined ? undefined : withCeiling(await readProfile(on), ceiling);
  const line = createProgressLine();
  let steps = 0;
  const onProgress = (what: string) => line.show(Math.min(0.95, steps++ / 6), `measuring ${what}`);
  let answer: DoctorAnswer;
  try {
    // Models are measured here; how much slower the other machine is, the two profiles say.
    const options = {
      ...{ userDir, onProgress, boards: await boardsInUse(userDir) },
      ...(ceiling !== undefined && { ceiling }),
      ...(boards && !there && { askBoards: opened ? opened.manifest.needs.boards : ('all' as const) }),
    };
    const here = there && !opened ? there : await profileOf(options);
    const profile = there ?? here;
    answer = { format: 1, profile, findings: diagnose(profile) };
    if (opened) {
      onProgress('the models of the bundle');
      const costs = await measureBundle(opened);
      const place = there
        ? { measuredOn: here.tiers }
        : { environment: Object.keys(process.env), unpacked: await isFolder(bundle) };
      const fit = fitOfBundle(opened.manifest, profile, { costs, ...place });
      answer = { ...answer, fit };
    }
  } finally {
    line.clear();
  }
  const { profile, findings, fit } = answer;
  if (profileOnly) {
    terminal.result(json ? JSON.stringify(profile) : profileLines(profile, terminal.resultColour).join('\n'));
    return true;
  }
  if (json) terminal.result(JSON.stringify(answer));
  else {
    const name = opened?.manifest.name ?? '';
    const lines = findingLines(answer, terminal.resultColour);
    terminal.result(
      [...lines, ...(fit ? ['', ...fitLines(name, fit, profile, terminal.resultColour)] : [])].join('\n'),
    );
  }
  return findings.every(({ severity }) => severity !== 'error') && fit?.fits !== false;
}

/** What the flow of a gateway that runs here knows of its boards: nobody else can ask them while it uses them. */
async function boardsInUse(userDir: string): Promise<readonly BoardProfile[]> {
  const gateway = await connectGateway(userDir).catch(() => undefined);
  if (!gateway) return [];
  const late = systemClock.after(PATIENCE, () => gateway.close());
  try {
    return await gateway.boards();
  } catch {
    return [];
  } finally {
    late.cancel();
    gateway.close();
  }
}

const isFolder = (path = '') =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );

const withCeiling = (profile: MachineProfile, ceilingBytes: number | undefined): MachineProfile =>
  ceilingBytes === undefined ? profile : { ...profile, memory: { ...profile.memory, ceilingBytes } };

async function readProfile(file: string): Promise<MachineProfile> {
  const text = await readFile(file, 'utf8').catch((error: Error) => {
    throw errors.PROFILE_FILE_MISSING({ file, reason: error.message }, { cause: error });
  });
  try {
    return parseProfile(JSON.parse(text), file);
  } catch (thrown) {
    if (!(thrown instanceof SyntaxError)) throw asMillraceError(thrown);
    return parseProfile(undefined, file);
  }
}
