import type { TestResult } from '../messages/index.ts';

/** The results as JUnit XML, as CI systems read it: a suite a flow, a case a test. */
export function junit(results: readonly TestResult[]): string {
  const flows = [...new Set(results.map(({ flow }) => flow))];
  const suites = flows.flatMap((flow) => {
    // They ended in any order: two run at a time.
    const own = results.filter((result) => result.flow === flow).sort((a, b) => (a.file < b.file ? -1 : 1));
    return [`  <testsuite ${attributes({ name: flow, ...counts(own) })}>`, ...own.flatMap(testCase), '  </testsuite>'];
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${attributes(counts(results))}>`,
    ...suites,
    '</testsuites>',
    '',
  ].join('\n');
}

function counts(results: readonly TestResult[]) {
  return {
    tests: results.length,
    failures: results.filter(({ passed, broken }) => !passed && !broken).length,
    errors: results.filter(({ broken }) => broken).length,
    time: seconds(results.reduce((sum, { tookMs }) => sum + tookMs, 0)),
  };
}

function testCase({ flow, name, file, tookMs, passed, broken, expectations, errors }: TestResult): string[] {
  const head = `    <testcase ${attributes({ name, classname: flow, file, time: seconds(tookMs) })}`;
  if (passed) return [`${head}/>`];
  const failed = expectations.filter((each) => !each.passed);
  const stray = errors.map((error) => `${error.name} reported ${error.code}: ${error.message}`);
  const lines = broken ? [broken.hint] : [...failed.flatMap(({ difference = [] }) => difference), ...stray];
  const message = broken ? broken.message : [...failed.map(({ expectation }) => expectation), ...stray].join('; ');
  const element = broken ? 'error' : 'failure';
  const type = broken?.code ?? 'EXPECTATION_FAILED';
  return [
    `${head}>`,
    `      <${element} ${attributes({ type, message })}>${escape(lines.join('\n'))}</${element}>`,
    '    </testcase>',
  ];
}

const seconds = (ms: number): string => (ms / 1000).toFixed(3);

const attributes = (values: Readonly<Record<string, string | number>>): string =>
  Object.entries(values)
    .map(([key, value]) => `${key}="${escape(String(value)).replaceAll('\n', '&#10;')}"`)
    .join(' ');

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** What XML 1.0 does not allow, not even escaped, becomes the sign for what cannot be shown. */
const escape = (text: string): string =>
  Array.from(text, (sign) => (isAllowed(sign) ? (ENTITIES[sign] ?? sign) : '\uFFFD')).join('');

function isAllowed(sign: string): boolean {
  const code = sign.codePointAt(0) ?? 0;
  if (code < 0x20) return [0x09, 0x0a, 0x0d].includes(code);
  const isHalfOfAPair = code >= 0xd800 && code <= 0xdfff;
  return !isHalfOfAPair && code !== 0xfffe && code !== 0xffff;
}
