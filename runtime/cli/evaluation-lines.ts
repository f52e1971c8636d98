import type { Estimate, Evaluation } from '../messages/index.ts';
import { columns } from './columns.ts';

/** Labels up to which a confusion matrix is readable on a terminal. */
const LABELS = 12;

const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
const range = ({ value, low, high }: Estimate) => `${percent(value)}  (95 % sure: ${percent(low)} to ${percent(high)})`;
const number = ({ value, low, high }: Estimate) => `${show(value)}  (95 % sure: ${show(low)} to ${show(high)})`;
const show = (value: number) => String(Number(value.toPrecision(4)));

/** How good a model is, for a person. */
export function evaluationLines({ rows, classification, regression, anomaly }: Evaluation): string[] {
  if (classification) {
    const { accuracy, labels, confusion, perLabel, calibration } = classification;
    const lines = [
      `right       ${range(accuracy)} of ${rows} examples`,
      `sure of it  ${(calibration.error * 100).toFixed(1)} points too much or too little on average`,
      '',
      ...columns([
        ['', 'label', 'found', 'right when named', 'examples'],
        ...perLabel.map(({ label, recall, precision, rows: own }) => [
          ...['', label, percent(recall.value), percent(precision.value), String(own)],
        ]),
      ]).map((line) => `  ${line}`),
    ];
    if (labels.length > LABELS) return lines;
    return [
      ...lines,
      '',
      '  What it said (columns) of what was true (rows):',
      ...columns([
        ['', '', ...labels],
        ...confusion.map((counts, at) => [
          '',
          labels[at] ?? '',
          ...counts.map((count) => (count === 0 ? '·' : String(count))),
        ]),
      ]).map((line) => `  ${line}`),
    ];
  }
  if (regression) {
    return [
      `R²          ${number(regression.r2)} on ${rows} examples`,
      `off by      ${number(regression.mae)} on average`,
    ];
  }
  if (!anomaly) return [];
  return [
    `false alarms  ${range(anomaly.falseAlarms)} of normal examples`,
    ...(anomaly.found ? [`found         ${range(anomaly.found)} of known anomalies`] : []),
    ...(anomaly.roc ? [`ranks         ${percent(anomaly.roc.area)} of anomalies above normal examples`] : []),
  ];
}
