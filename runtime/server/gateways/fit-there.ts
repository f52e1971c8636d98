/** Whether a bundle will fit a gateway: judged by what the gateway has measured of itself, before a byte is sent. */
import type { Clock } from '../../base/index.ts';
import type { BundleManifest } from '../../bundle/index.ts';
import type { Gateways } from '../../gateways/index.ts';
import type { BundleFit, BundlePreview, GatewayProblem, MachineProfile } from '../../messages/index.ts';
import { errors } from '../errors.ts';

/** ms for which a profile is good: a preview is asked for with every stroke. */
const FRESH = 60_000;

/** What is added to a preview of a bundle for one gateway. */
export type FitThere = Pick<BundlePreview, 'fit' | 'warnings' | 'problems'>;

export interface FitsThere {
  /** Nothing of a gateway that is away, or does not say what it is: such a one judges for itself. */
  preview(gateway: string, manifest: BundleManifest): Promise<FitThere>;
  /** @throws GATEWAY_UNFIT */
  check(gateway: string, manifest: BundleManifest): Promise<void>;
}

const UNKNOWN: FitThere = { warnings: [], problems: [] };

export function createFitsThere(gateways: Pick<Gateways, 'list' | 'connected' | 'profile'>, clock: Clock): FitsThere {
  const profiles = new Map<string, { readonly asked: number; readonly profile: Promise<MachineProfile | undefined> }>();

  const measured = (gateway: string, oldest: number) => {
    const known = profiles.get(gateway);
    if (known && clock.monotonic() - known.asked <= oldest) return known.profile;
    const profile = ask(gateways, gateway);
    profiles.set(gateway, { asked: clock.monotonic(), profile });
    return profile;
  };
  const judge = async (gateway: string, manifest: BundleManifest, oldest: number): Promise<FitThere> => {
    const profile = gateways.connected(gateway) ? await measured(gateway, oldest) : undefined;
    if (!profile) return UNKNOWN;
    const { fitOfBundle, memoryRoom } = await import('../../doctor/index.ts');
    const { problems, estimates } = fitOfBundle(manifest, profile);
    const fit = { memoryBytes: estimates.memoryBytes, freeBytes: memoryRoom(profile.memory) };
    const guesses = guessedOf(estimates, fit.freeBytes);
    const said = problems
      .filter(({ severity }) => severity !== 'note')
      .map(({ code, severity, text, hint }) => ({
        severity: guesses.has(code) ? 'warning' : severity,
        said: { code, message: text, hint, title: 'fit' },
      }));
    const of = (wanted: string): GatewayProblem[] =>
      said.filter(({ severity }) => severity === wanted).map((each) => each.said);
    return { fit, problems: of('error'), warnings: of('warning') };
  };

  return {
    preview: (gateway, manifest) => judge(gateway, manifest, FRESH),
    async check(gateway, manifest) {
      const before = await judge(gateway, manifest, FRESH);
      // Somebody may have made room since: nobody is refused by what was.
      const { problems } = before.problems.length > 0 ? await judge(gateway, manifest, 0) : before;
      if (problems.length === 0) return;
      const title = gateways.list().gateways.find(({ identity }) => identity.gateway === gateway)?.title ?? gateway;
      throw errors.GATEWAY_UNFIT({ bundle: manifest.name, gateway: title, problems });
    },
  };
}

/**
 * The problems that may be none: they stand on what models cost, which is guessed from their size here. The gateway measures it
 * before it switches.
 */
function guessedOf({ models, memoryBytes }: BundleFit['estimates'], freeBytes: number): ReadonlySet<string> {
  const guessed = models.filter(({ measured }) => !measured);
  if (guessed.length === 0) return new Set();
  const certain = memoryBytes - guessed.reduce((sum, model) => sum + model.memoryBytes, 0);
  return new Set(['MODEL_TOO_SLOW', ...(certain <= freeBytes ? ['MEMORY_TOO_SMALL'] : [])]);
}

async function ask(gateways: Pick<Gateways, 'profile'>, gateway: string): Promise<MachineProfile | undefined> {
  const { parseProfile } = await import('../../doctor/index.ts');
  // Away, silent, or of another version: what it is then nobody knows here.
  return await gateways
    .profile(gateway)
    .then((said) => parseProfile(said, gateway))
    .catch(() => undefined);
}
