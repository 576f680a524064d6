// Everything that is known of one model, looked at again when its project changes.
import type { ModelDetail } from '../../src-main/contract/api/models.ts';
import { call, onEvent } from '../bridge/bridge.ts';
import { Loaded } from './loaded.svelte.ts';

/** For the life of a component: call it while one is being made. */
export function followModel(modelId: () => string): Loaded<ModelDetail> {
  const detail = new Loaded<ModelDetail>(() => call('models.get', { id: modelId() }));
  $effect(() => {
    modelId();
    void detail.refresh();
    return onEvent((event) => {
      if (event.type === 'project' && event.projectId === detail.value?.project.id) void detail.refresh();
    });
  });
  return detail;
}
