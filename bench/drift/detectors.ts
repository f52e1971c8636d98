/** How many values a second each detector takes on one core. */
import {
  binCounts,
  chiSquare,
  cramerVonMises,
  createAdwin,
  createCusum,
  createDdm,
  createEddm,
  createHddmA,
  createHddmW,
  createKswin,
  createMmd,
  createPageHinkley,
  createPcaError,
  energyDistance,
  hellinger,
  jensenShannon,
  kolmogorovSmirnov,
  kolmogorovSmirnovTest,
  largestDifference,
  populationStability,
  quantileEdges,
  rangeViolations,
  wasserstein,
} from '../../runtime/drift/index.ts';
import { seededRandom } from '../../runtime/numerics/index.ts';

export interface DetectorSpeed {
  readonly detector: string;
  /** What is given to it at once. */
  readonly window: string;
  readonly 'values/s': number;
}

/** Long enough that a clock's tick and the first turns do not count, ms. */
const LEAST = 150;
const [REFERENCE, WINDOW, FEATURES] = [2000, 100, 10];

/** @param values that one call takes */
function rate(values: number, call: () => unknown): number {
  for (let turn = 0; turn < 3; turn++) call();
  const begun = performance.now();
  let calls = 0;
  let lasted = 0;
  while (lasted < LEAST) {
    call();
    calls++;
    lasted = performance.now() - begun;
  }
  return Math.round((values * calls * 1000) / lasted);
}

/** Of each detector, in the order of the table. */
export function measureDetectors(): DetectorSpeed[] {
  const random = seededRandom(1);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const reference = Float64Array.from({ length: REFERENCE }, normal).sort();
  const raw = Float64Array.from({ length: WINDOW }, normal);
  const edges = quantileEdges(reference);
  const counted = binCounts(reference, edges);
  const speeds: DetectorSpeed[] = [];
  const measure = (detector: string, window: string, values: number, call: () => unknown) =>
    speeds.push({ detector, window, 'values/s': rate(values, call) });

  // What a window costs as it comes: sorted, or counted.
  const ofSamples = {
    'kolmogorov-smirnov': kolmogorovSmirnov,
    'kolmogorov-smirnov, exact p': kolmogorovSmirnovTest,
    wasserstein,
    energy: energyDistance,
    'cramér-von mises': cramerVonMises,
    'range violations': rangeViolations,
  };
  for (const [name, statistic] of Object.entries(ofSamples)) {
    measure(name, `${WINDOW} values`, WINDOW, () => statistic(reference, raw.slice().sort()));
  }
  const ofCounts = {
    'population stability': populationStability,
    'jensen-shannon': jensenShannon,
    hellinger,
    'chi-square': chiSquare,
    'l-infinity': largestDifference,
  };
  for (const [name, statistic] of Object.entries(ofCounts)) {
    measure(name, `${WINDOW} values`, WINDOW, () => statistic(counted, binCounts(raw, edges)));
  }

  const streaming = {
    adwin: createAdwin(),
    'page-hinkley': createPageHinkley(),
    cusum: createCusum({ threshold: 1e9 }),
    kswin: createKswin({ alpha: 1e-9 }),
    ddm: createDdm(),
    eddm: createEddm(),
    'hddm-a': createHddmA(),
    'hddm-w': createHddmW(),
  };
  const wrong = Float64Array.from({ length: 1000 }, () => Number(random() < 0.1));
  for (const [name, detector] of Object.entries(streaming)) {
    const few = name === 'kswin' ? 50 : wrong.length;
    measure(name, 'one value', few, () => {
      for (let n = 0; n < few; n++) detector.update(wrong[n] as number);
    });
  }

  const names = Array.from({ length: FEATURES }, (_, n) => `f${n}`);
  const row = () => Float64Array.from({ length: FEATURES }, normal);
  const rows = { names, rows: Array.from({ length: REFERENCE }, row) };
  const pca = createPcaError(rows);
  const given = Array.from({ length: WINDOW }, row);
  measure('pca error', `a row of ${FEATURES}`, WINDOW * FEATURES, () => {
    for (const each of given) pca?.score(each);
  });
  const mmd = createMmd(rows);
  measure('mmd', `${WINDOW} rows of ${FEATURES}`, WINDOW * FEATURES, () => mmd.statistic(given));
  measure('mmd, 200 permutations', `${WINDOW} rows of ${FEATURES}`, WINDOW * FEATURES, () => mmd.test(given));
  return speeds;
}
