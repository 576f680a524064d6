import { Command, InvalidArgumentError } from 'commander';
import { Application } from '../../../services/application.ts';
import { OnlyInAWindowError, type Surroundings } from '../../../services/surroundings.ts';
import { tendStore } from '../../../services/tend-store.ts';
import { servePage } from '../../browser/serve-page.ts';
import { openServices } from '../../open-services.ts';
import { PAGE_FOLDER, readPageFiles } from '../../page-files.ts';
import { readyJobHost, storeFolder, type GlobalOptions } from '../session.ts';
import { print, printJson } from '../table.ts';

const browser: Surroundings = {
  door: 'browser',
  versions: { electron: null, chromium: null },
  chooseFolder: () => Promise.reject(new OnlyInAWindowError('choosing a folder in a dialog')),
  reveal: () => Promise.reject(new OnlyInAWindowError('showing a folder in the file manager')),
};

function parsePort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new InvalidArgumentError('a port is 0 to 65535.');
  return port;
}

export function serveCommand(): Command {
  return new Command('serve')
    .description('The workbench in a browser on this machine, until Ctrl-C')
    .option('--port <number>', 'on the loopback interface; 0 takes one that is free', parsePort, 0)
    .action(async ({ port }: { readonly port: number }, self: Command) => {
      const globals = self.optsWithGlobals<GlobalOptions>();
      const files = await readPageFiles(PAGE_FOLDER);
      const services = await openServices({ storeFolder: storeFolder(globals), jobHost: readyJobHost });
      try {
        await tendStore(services);
        const application = new Application(services, browser);
        const served = await servePage({ application, files, port });
        if (globals.json) printJson({ url: served.url });
        else
          print([
            'The workbench is at',
            '',
            `  ${served.url}`,
            '',
            'Whoever has this address may use it. Ctrl-C ends.',
          ]);
        await new Promise((resolve) => {
          for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, resolve);
        });
        await served.close();
        await application.close();
      } finally {
        services.store.close();
      }
    });
}
