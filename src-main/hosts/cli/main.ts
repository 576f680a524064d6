// The command line: everything the window does, for scripts and terminals.
import { Command, CommanderError } from 'commander';
import { EXIT_CODE_HELP } from '../exit-codes.ts';
import { version } from '../version.ts';
import { compareCommand } from './commands/compare.ts';
import { demoCommand } from './commands/demo.ts';
import { doctorCommand } from './commands/doctor.ts';
import { estimateCommand } from './commands/estimate.ts';
import { evaluateCommand } from './commands/evaluate.ts';
import { exportCommand } from './commands/export.ts';
import { inspectCommand } from './commands/inspect.ts';
import { listCommand } from './commands/list.ts';
import { methodsCommand } from './commands/methods.ts';
import { pruneCommand } from './commands/prune.ts';
import { resumeCommand } from './commands/resume.ts';
import { runCommand } from './commands/run.ts';
import { saliencyCommand } from './commands/saliency.ts';
import { searchCommand } from './commands/search.ts';
import { sensitivityCommand } from './commands/sensitivity.ts';
import { serveCommand } from './commands/serve.ts';
import { showCommand } from './commands/show.ts';
import { trainCommand } from './commands/train.ts';
import { trialsCommand } from './commands/trials.ts';
import { reportProblem } from './report-problem.ts';
import { survivePipes } from './survive-pipes.ts';
import { UsageError } from './usage-error.ts';

const program = new Command('secateur')
  .description('Makes trained deep-RL policies small and fast without making them worse.')
  .version(version)
  .option('--store <folder>', 'where models, runs and metrics are kept (default: your data folder)')
  .option(
    '--python <path>',
    'the Python whose gymnasium has the environments gym:… (default: SECATEUR_PYTHON, else python3)',
  )
  .option('--json', 'results as JSON on standard output, events as JSON lines on standard error', false)
  .configureHelp({ showGlobalOptions: true })
  // Errors are reported below, in one way for all.
  .configureOutput({ outputError: () => undefined })
  .exitOverride()
  .addHelpText(
    'after',
    `
A first tour
  secateur demo                                       prune a bundled agent from end to end
  secateur inspect agent.zip                          what an agent is made of
  secateur prune agent.zip --env CartPole-v1 --out small/
                                                      remove all that can go, keep 95 % of the return, export
  secateur methods                                    criteria, schedules, recoveries: one sentence each

${EXIT_CODE_HELP}`,
  );

// Workers inherit it.
program.hook('preAction', () => {
  const { python } = program.opts<{ python?: string }>();
  if (python !== undefined) process.env.SECATEUR_PYTHON = python;
});

for (const command of [
  demoCommand,
  inspectCommand,
  saliencyCommand,
  pruneCommand,
  searchCommand,
  trialsCommand,
  trainCommand,
  evaluateCommand,
  sensitivityCommand,
  estimateCommand,
  exportCommand,
  runCommand,
  resumeCommand,
  listCommand,
  showCommand,
  compareCommand,
  methodsCommand,
  doctorCommand,
  serveCommand,
]) {
  program.addCommand(command().copyInheritedSettings(program));
}

const isJson = (): boolean => program.opts<{ json: boolean }>().json;
survivePipes(isJson);
try {
  await program.parseAsync();
} catch (error) {
  const shownHelp = error instanceof CommanderError && /^commander\.(help|version)/.test(error.code);
  if (shownHelp) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else process.exitCode = reportProblem(error instanceof CommanderError ? new UsageError(error) : error, isJson());
}
