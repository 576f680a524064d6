// Models: brought in, looked at, named, deleted and brought back.
import type { Handlers } from '../../contract/api/api.ts';
import type { ModelDetail, modelChannels } from '../../contract/api/models.ts';
import { evaluationSummarySchema, type Model } from '../../contract/entity.ts';
import { recipeSchema } from '../../contract/recipe.ts';
import { importModel } from '../import-model.ts';
import { readSample } from '../sample-agent.ts';
import type { Services } from '../services.ts';
import type { HandlerContext } from './handler-context.ts';

/** As lists show it. */
const summaryWithoutEpisodes = evaluationSummarySchema.extend({
  report: evaluationSummarySchema.shape.report.strip(),
});

function detailOf({ store }: Services, model: Model): ModelDetail {
  const evaluations = store.evaluations.list(model.id);
  const newest = (purpose: 'test' | 'validation'): ModelDetail['test'] => {
    const found = evaluations.findLast((evaluation) => evaluation.purpose === purpose);
    return found === undefined ? null : summaryWithoutEpisodes.parse(found);
  };
  const run = model.runId === null ? null : store.runs.get(model.runId);
  return {
    model,
    test: newest('test'),
    validation: newest('validation'),
    project: store.projects.get(model.projectId),
    ancestors: store.models.ancestors(model.id),
    children: store.models.children(model.id),
    // A recipe of a version that this one cannot read is shown as none.
    recipe: run === null ? null : (recipeSchema.safeParse(run.recipe).data ?? null),
    outcome: run === null ? null : store.outcomes.get(run.id),
    exports: store.exports.list(model.id),
  };
}

export function modelHandlers({ services, tell }: HandlerContext): Handlers<keyof typeof modelChannels> {
  const { models, evaluations } = services.store;
  const changed = (id: string): null => {
    tell({ type: 'project', projectId: models.get(id).projectId });
    return null;
  };
  return {
    'models.list': ({ projectId }) => {
      const [test, validation] = (['test', 'validation'] as const).map(
        (purpose) => new Map(evaluations.newestOfProject(projectId, purpose).map((found) => [found.modelId, found])),
      );
      return models.list(projectId).map((model) => ({
        model,
        test: test?.get(model.id) ?? null,
        validation: validation?.get(model.id) ?? null,
      }));
    },
    'models.names': () => models.names(),
    'models.get': ({ id }) => detailOf(services, models.get(id)),
    'models.test-episodes': ({ id }) => evaluations.list(id).findLast(({ purpose }) => purpose === 'test') ?? null,
    'models.import': async (request) => {
      const imported = await importModel(services, request);
      changed(imported.model.id);
      return imported;
    },
    'models.import-sample': async () => {
      const imported = await importModel(services, await readSample());
      changed(imported.model.id);
      return imported;
    },
    'models.rename': ({ id, name }) => {
      models.rename(id, name);
      return changed(id);
    },
    'models.delete': ({ id }) => {
      models.delete(id);
      return changed(id);
    },
    'models.restore': ({ id }) => {
      models.restore(id);
      return changed(id);
    },
  };
}
