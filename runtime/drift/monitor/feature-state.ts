/** Evaluations in a row that it takes to begin, and to end. */
const TO_BEGIN = 2;
const TO_END = 3;
/** A drift ends when the statistic has come back below this share of the threshold. */
const END_SHARE = 0.7;

/** Whether one feature drifts: with hysteresis, so that a value at the threshold does not ring the bell all day. */
export interface FeatureState {
  readonly drifting: boolean;
  /** When the statistic first crossed the threshold in the present row of crossings. */
  readonly since: number;
  update(value: number, threshold: number, time: number): void;
}

export function createFeatureState(): FeatureState {
  let drifting = false;
  let inARow = 0;
  let since = 0;
  return {
    get drifting() {
      return drifting;
    },
    get since() {
      return since;
    },
    update(value, threshold, time) {
      const against = drifting ? value < END_SHARE * threshold : value > threshold;
      if (!against) {
        inARow = 0;
        return;
      }
      if (!drifting && inARow === 0) since = time;
      inARow++;
      if (inARow < (drifting ? TO_END : TO_BEGIN)) return;
      drifting = !drifting;
      inARow = 0;
    },
  };
}
