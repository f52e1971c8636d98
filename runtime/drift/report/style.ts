/** How the printed report looks: light, and whole without a network or a script. Normal is grey, now is blue, an alarm is red and has words. */
export const STYLE = `
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { max-width: 60rem; margin: 0 auto; padding: 1.5rem; background: #fff; color: #1c2430;
  font: 14px/1.45 system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
h1 { margin: 0; font-size: 1.5rem; }
h2 { margin: 0 0 .25rem; font-size: 1.25rem; overflow-wrap: anywhere; }
h3 { margin: 1.5rem 0 .4rem; font-size: 1rem; break-after: avoid; }
p { margin: .3rem 0; }
.quiet, small, figcaption small { color: #5a6675; }
.stream { margin-top: 1.5rem; padding-top: 1.25rem; border-top: 2px solid #1c2430; }
.verdict { margin: .75rem 0; padding: .6rem .9rem; border: 1px solid #9aa5b1; border-left-width: 6px; border-radius: 4px; }
.verdict strong { font-size: 1.15rem; overflow-wrap: anywhere; }
.verdict-calm { border-left-color: #00704f; }
.verdict-drifting, .verdict-fault { border-left-color: #b3261e; }
.features { display: grid; grid-template-columns: repeat(auto-fill, minmax(11rem, 1fr)); gap: .75rem; }
figure { margin: 0; break-inside: avoid; min-width: 0; }
.features figure { padding: .5rem; border: 1px solid #d4dae1; border-radius: 4px; }
.features .drifting { border-color: #b3261e; border-width: 2px; }
figcaption { margin-bottom: .25rem; font-size: .85rem; overflow-wrap: anywhere; }
.course { margin-bottom: 1rem; }
svg { display: block; width: 100%; height: auto; color: #3d4856; font-family: inherit; }
.millrace-shape-current { color: #1a5fb4; }
.millrace-shape-shift { color: #1c2430; }
.drifting .millrace-shape-current { color: #b3261e; }
.millrace-course-line, .millrace-course-point { color: #1a5fb4; }
.millrace-course-point { fill: #1a5fb4; }
.millrace-course-drift { fill: #b3261e; }
.millrace-course-alarm { color: #b3261e; }
.millrace-course-flag { fill: #b3261e; }
table { width: 100%; border-collapse: collapse; font-size: .85rem; }
th, td { padding: .25rem .5rem; border-bottom: 1px solid #e3e7ec; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
th { font-weight: 600; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
tr { break-inside: avoid; }
ul { margin: .3rem 0; padding-left: 1.2rem; }
a { color: inherit; }
@page { margin: 15mm; }
@media print {
  body { max-width: none; padding: 0; font-size: 11pt; }
  .stream + .stream { break-before: page; }
  * { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
}
`;
