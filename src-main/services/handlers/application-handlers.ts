// The host itself: what it is, what it offers, what the person has set, and the system's dialogs.
import type { Handlers } from '../../contract/api/api.ts';
import type { applicationChannels } from '../../contract/api/application.ts';
import { loadCatalogue } from '../catalogue.ts';
import { describeEnvironment } from '../describe-environment.ts';
import { readLicences } from '../licences.ts';
import { probeBackend } from '../probe-backend.ts';
import type { HandlerContext } from './handler-context.ts';

export function applicationHandlers(context: HandlerContext): Handlers<keyof typeof applicationChannels> {
  const { services, surroundings, board, tell } = context;
  const { store, jobHost, versions, machine } = services;
  /** The registries do not change while the host lives. */
  let catalogue: ReturnType<typeof loadCatalogue> | null = null;
  return {
    'application.about': () => ({
      door: surroundings.door,
      versions: { ...versions, ...surroundings.versions, sqlite: store.sqliteVersion },
      storeFolder: store.folder,
      ...machine,
    }),
    'application.catalogue': () => {
      catalogue ??= loadCatalogue(jobHost).catch((error: unknown) => {
        catalogue = null;
        throw error;
      });
      return catalogue;
    },
    'application.environment': ({ environment }) => describeEnvironment(jobHost, environment),
    'application.licences': () => readLicences(),
    'application.probe-backend': ({ backend }) => probeBackend(jobHost, backend),
    'settings.read': () => store.settings.read(),
    'settings.write': (changes) => {
      const settings = store.settings.write(changes);
      board.concurrent = settings.concurrentRuns;
      tell({ type: 'settings', settings });
      return settings;
    },
    'system.choose-folder': (request) => surroundings.chooseFolder(request),
    'system.reveal-export': async ({ exportId }) => {
      await surroundings.reveal(store.exports.get(exportId).folder);
      return null;
    },
  };
}
