// A copy of a project to try things in: its models with their lineage and evaluations. Runs stay with the original.
import type { Project } from '../contract/entity.ts';
import type { Store } from '../store/store.ts';

/** @throws RecordNotFoundError */
export function duplicateProject(store: Store, id: string, name: string): Project {
  return store.transaction(() => {
    const original = store.projects.get(id);
    const copy = store.projects.create({ name, environmentId: original.environmentId });
    const copies = new Map<string, string>();
    // Oldest first: a parent is copied before its children. One that was deleted cuts the line there.
    for (const model of store.models.list(id)) {
      const { name: modelName, runId: madeBy, description, counts, artifactHash, source } = model;
      const parentId = model.parentId === null ? null : (copies.get(model.parentId) ?? null);
      const created = store.models.create({
        projectId: copy.id,
        name: modelName,
        parentId,
        runId: madeBy,
        description,
        counts,
        artifactHash,
        source,
      });
      copies.set(model.id, created.id);
      for (const { runId, seeds, purpose, report } of store.evaluations.list(model.id)) {
        store.evaluations.create({ modelId: created.id, runId, seeds, purpose, report });
      }
    }
    return copy;
  });
}
