// What can be done to a project, each with its way back.
import type { ProjectCard } from '../../../src-main/contract/api/projects.ts';
import { notices } from '../../state/notices.svelte.ts';
import { projects } from '../../state/projects.svelte.ts';
import { words } from '../../text/language.svelte.ts';

export function renameProject({ project }: ProjectCard, name: string): void {
  void notices.guard(() => projects.rename(project.id, name));
}

export function duplicateProject({ project }: ProjectCard): void {
  const t = words().projects;
  void notices.guard(async () => {
    const id = await projects.duplicate(project.id, t.copyOf(project.name));
    notices.say(t.duplicated(project.name), () => projects.delete(id));
  });
}

export function deleteProject({ project }: ProjectCard): void {
  void notices.guard(async () => {
    const deleting = projects.delete(project.id);
    // Said as soon as the card is gone: whoever undoes at once means this, and not what was done before.
    notices.say(words().projects.deleted(project.name), async () => {
      await deleting;
      await projects.restore(project.id);
    });
    await deleting;
  });
}
