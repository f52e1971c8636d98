import { ownBlock } from './config.ts';

type OwnBlock = ReturnType<typeof ownBlock.parse>;
type Kind = OwnBlock['type'];
type Parameters = Readonly<Record<string, unknown>>;

/** What a new block of a kind begins with where its schema has no default, or one that fits only some rates. */
const BEGINNINGS: Readonly<Partial<Record<Kind, (rate: number) => Parameters>>> = {
  filter: (rate) => ({ pass: 'low', cutoffs: [tidy(rate / 10)] }),
  envelope: (rate) => ({ cutoff: tidy(rate / 20) }),
  statistics: () => ({ measures: ['mean', 'std', 'min', 'max', 'rms'] }),
  bands: (rate) => ({ edges: octaves(rate) }),
  'spectral-features': (rate) => ({ cutoff: tidy(rate / 10) }),
  mfe: mel,
  mfcc: (rate) => ({ ...mel(rate), ...(rate < SOUND && { coefficients: 6 }) }),
};

/** Samples a second from which a signal may be sound. */
const SOUND = 4000;

/** A new block, as it is added in the dialog: for every channel, with what suits samples at this rate. */
export function createBlock(type: Kind, rate: number, parameters: Parameters = {}): OwnBlock {
  return ownBlock.parse({ type, ...BEGINNINGS[type]?.(rate), ...parameters });
}

/** Bands that grow towards the top, where there is less to tell apart. */
export const octaves = (rate: number): number[] => [0, ...[32, 16, 8, 4, 2].map((part) => tidy(rate / part))];

/** The standard frames are for sound: of a slow signal they would hold hardly a sample. */
function mel(rate: number): Parameters {
  if (rate >= SOUND) return {};
  return { frame: tidy(32 / rate), hop: tidy(16 / rate), filters: 8, emphasis: 0 };
}

/** Rounded down to two digits: `12.5` → `12`. */
export function tidy(value: number): number {
  const unit = 10 ** (Math.floor(Math.log10(value)) - 1);
  return Number((Math.floor(value / unit + 1e-9) * unit).toPrecision(2));
}

/** Parameters that mean something only beside others, by `KIND.PARAMETER`. */
const CONDITIONS: Readonly<Record<string, (block: Parameters) => boolean>> = {
  'envelope.detrend': ({ method }) => method === 'hilbert',
  'envelope.cutoff': ({ method }) => method === 'rectify',
  'envelope.state': ({ method }) => method === 'rectify',
  'log.base': ({ signed }) => signed !== true,
  'normalise.centre': ({ by }) => by === 'given',
  'normalise.spread': ({ by }) => by === 'given',
  'spectral-features.cutoff': ({ filter }) => filter !== 'none',
  'spectral-features.order': ({ filter }) => filter !== 'none',
};

export const applies = (block: Parameters & { readonly type: string }, parameter: string): boolean =>
  CONDITIONS[`${block.type}.${parameter}`]?.(block) ?? true;
