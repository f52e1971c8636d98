import type { Evaluation } from '../../messages/index.ts';
import type { Metrics } from '../../models/package/index.ts';

/** What a package says of how good it is: the figures of the evaluation without curves and single examples. */
export function metricsOf(heldOut: string, { rows, classification, regression, anomaly }: Evaluation): Metrics {
  return {
    ...{ heldOut, rows },
    ...(classification && {
      accuracy: classification.accuracy.value,
      balancedAccuracy: classification.balancedAccuracy.value,
      logLoss: classification.logLoss,
      confusion: classification.confusion,
      perLabel: Object.fromEntries(
        classification.perLabel.map(({ label, rows: own, precision, recall }) => [
          label,
          { precision: precision.value, recall: recall.value, rows: own },
        ]),
      ),
      // How often it was right where it was so sure: by it, confidence is read where no true labels come.
      calibration: classification.calibration.bins.filter(({ rows: own }) => own > 0),
    }),
    ...(regression && { r2: regression.r2.value, mae: regression.mae.value, rmse: regression.rmse.value }),
    ...(anomaly && {
      falseAlarms: anomaly.falseAlarms.value,
      ...(anomaly.found && { found: anomaly.found.value }),
      ...(anomaly.roc && { areaUnderCurve: anomaly.roc.area }),
    }),
  };
}
