import { access, constants, mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { cpus, totalmem } from 'node:os';
import { Command } from 'commander';
import type { BackendCheck } from '../../../contract/api/application.ts';
import type { PythonCheck } from '../../../contract/python.ts';
import { loadCatalogue } from '../../../services/catalogue.ts';
import { checkPython } from '../../../services/check-python.ts';
import { probeBackend } from '../../../services/probe-backend.ts';
import { formatMicroseconds } from '../../../services/report/numbers.ts';
import { version } from '../../version.ts';
import { pythonLines } from '../python-lines.ts';
import { jobHost, storeFolder, withServices, type GlobalOptions } from '../session.ts';
import { print, printJson, renderTable } from '../table.ts';
import { outputMode, RunDisplay } from '../terminal.ts';

const require = createRequire(import.meta.url);

async function writable(folder: string): Promise<boolean> {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function packageVersion(name: string): string | null {
  try {
    return (require(`${name}/package.json`) as { version: string }).version;
  } catch {
    return null;
  }
}

/** The settings of the store may name a Python; a store that does not open is told of elsewhere. */
async function checkChosenPython(globals: GlobalOptions): Promise<PythonCheck> {
  try {
    return await withServices(globals, (services) => checkPython(services.jobHost));
  } catch {
    return checkPython(jobHost);
  }
}

export function doctorCommand(): Command {
  return new Command('doctor')
    .description('What works on this machine: backends with a short benchmark, store, versions, environments of Python')
    .action(async (_options: unknown, self: Command) => {
      const globals = self.optsWithGlobals<GlobalOptions>();
      const display = new RunDisplay(outputMode(globals.json));
      const { backends } = await loadCatalogue(jobHost);
      // One after the other: side by side they would slow each other down.
      const checks: BackendCheck[] = [];
      for (const { id } of backends) {
        display.note(`measuring the backend ${id}`);
        checks.push(await probeBackend(jobHost, id));
      }
      const folder = storeFolder(globals);
      const machine = {
        secateur: version,
        node: process.versions.node,
        platform: `${process.platform} ${process.arch}`,
        processor: `${cpus()[0]?.model.trim() ?? 'unknown'}, ${cpus().length} threads`,
        memory: `${(totalmem() / 1024 ** 3).toFixed(1)} GiB`,
        onnxruntime: packageVersion('onnxruntime-node'),
        store: folder,
        storeWritable: await writable(folder),
      };
      display.note('asking Python what it has');
      const python = await checkChosenPython(globals);
      if (globals.json) {
        printJson({ machine, backends: checks, python });
        return;
      }
      print([
        `Secateur ${machine.secateur}, Node ${machine.node}, ${machine.platform}`,
        `${machine.processor}, ${machine.memory} memory`,
        `ONNX Runtime ${machine.onnxruntime ?? 'is missing: exports cannot be checked'}`,
        `store ${machine.store}${machine.storeWritable ? '' : ' cannot be written: choose another with --store'}`,
        '',
        ...renderTable(
          [
            { title: 'backend' },
            { title: '' },
            { title: 'update', align: 'right' },
            { title: 'inference', align: 'right' },
          ],
          checks.map((check) =>
            check.loads
              ? [
                  check.id,
                  check.probe.version,
                  formatMicroseconds(check.probe.updateMicroseconds),
                  formatMicroseconds(check.probe.inferenceMicroseconds),
                ]
              : [check.id, 'does not load', '–', '–'],
          ),
        ),
        '',
        'update: 4-256-256-2, batch 64, forward, backward and Adam; inference: batch 1; medians',
        ...checks.flatMap((check) => (check.loads ? [] : ['', check.problem.message])),
        '',
        ...pythonLines(python),
      ]);
    });
}
