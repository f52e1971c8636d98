import type { Finding } from '../../../messages/index.ts';
import type { LoadedExamples } from '../types.ts';
import { duplicateFindings } from './duplicates.ts';
import { labelFindings } from './label-findings.ts';
import { tellingColumns } from './leakage.ts';
import { valueFindings } from './value-findings.ts';

const ORDER = ['stop', 'warning', 'hint'];

/** What should be known of examples before a model learns from them, the weightiest first. */
export function findingsOf(examples: LoadedExamples): Finding[] {
  const found = [
    ...labelFindings(examples),
    ...tellingColumns(examples),
    ...duplicateFindings(examples),
    ...valueFindings(examples),
  ];
  return found.sort((a, b) => ORDER.indexOf(a.weight) - ORDER.indexOf(b.weight));
}
