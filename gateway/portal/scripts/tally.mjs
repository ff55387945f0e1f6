// One closing line that `cargo xtask` adds up, in the words of cargo's own tests.
export default class Tally {
  onTestRunEnd(modules, errors) {
    const states = modules.flatMap((module) => [...module.children.allTests()].map((test) => test.result().state));
    const broken = modules.filter((module) => module.errors().length > 0).length + errors.length;
    const of = (state) => states.filter((one) => one === state).length;
    const failed = of('failed') + broken;
    console.log(`test result: ${failed ? 'FAILED' : 'ok'}. ${of('passed')} passed; ${failed} failed; ${of('skipped')} ignored`);
  }
}
