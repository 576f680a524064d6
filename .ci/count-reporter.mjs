// Vitest reporter for .ci/run: prints why each test was skipped, and writes "PASSED FAILED" to the file named by
// SECATEUR_TEST_COUNTS. A file that does not load, a failing hook and an error outside any test count as failures.
import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';

function failuresIn(module) {
  const tests = [...module.children.allTests('failed')].length;
  const suites = [...module.children.allSuites()].filter((suite) => suite.errors().length > 0).length;
  const named = tests + suites + module.errors().length;
  return named === 0 && !module.ok() ? 1 : named;
}

export default class CountReporter {
  onTestRunEnd(modules, unhandledErrors) {
    let passed = 0;
    let failed = unhandledErrors.length;
    for (const module of modules) {
      passed += [...module.children.allTests('passed')].length;
      failed += failuresIn(module);
      for (const test of module.children.allTests('skipped')) {
        const reason = test.result().note ?? 'no reason given';
        console.log(`skipped: ${relative('.', module.moduleId)} > ${test.fullName}: ${reason}`);
      }
    }
    writeFileSync(process.env.SECATEUR_TEST_COUNTS, `${passed} ${failed}\n`);
  }
}
