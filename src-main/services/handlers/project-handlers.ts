// Projects: listed as cards, named, copied, deleted and brought back.
import type { Handlers } from '../../contract/api/api.ts';
import type { projectChannels } from '../../contract/api/projects.ts';
import { duplicateProject } from '../duplicate-project.ts';
import { listProjectCards } from '../list-project-cards.ts';
import type { HandlerContext } from './handler-context.ts';

export function projectHandlers({ services, tell }: HandlerContext): Handlers<keyof typeof projectChannels> {
  const { projects } = services.store;
  const changed = (projectId: string): null => {
    tell({ type: 'project', projectId });
    return null;
  };
  return {
    'projects.list': () => listProjectCards(services.store),
    'projects.create': (project) => {
      const created = projects.create(project);
      changed(created.id);
      return created;
    },
    'projects.rename': ({ id, name }) => {
      projects.rename(id, name);
      return changed(id);
    },
    'projects.duplicate': ({ id, name }) => {
      const copy = duplicateProject(services.store, id, name);
      changed(copy.id);
      return copy;
    },
    'projects.delete': ({ id }) => {
      projects.delete(id);
      return changed(id);
    },
    'projects.restore': ({ id }) => {
      projects.restore(id);
      return changed(id);
    },
  };
}
