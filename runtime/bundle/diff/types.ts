/** What is different about a second bundle, in words. */
export interface BundleDiff {
  /** Whether both are the same to the byte. */
  readonly same: boolean;
  /** In the order in which a person reads them; none is empty. */
  readonly parts: readonly DiffPart[];
}

export interface DiffPart {
  /** `Tab "Pump"`, `Models` */
  readonly title: string;
  readonly changes: readonly Change[];
}

export interface Change {
  readonly sign: '+' | '-' | '~';
  /** `infer "health"`, `wire "window" → "features"` */
  readonly text: string;
  /** Setting by setting: `model: "pump-health" → "pump-health@candidate"`. */
  readonly details?: readonly string[];
}
