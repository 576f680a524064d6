// A setting as the host keeps it; what keeps it from being kept is said.
import type { SettingsChanges } from '../../../src-main/contract/settings.ts';
import { host } from '../../state/host.svelte.ts';
import { notices } from '../../state/notices.svelte.ts';

export function changeSetting(changes: SettingsChanges): void {
  void notices.guard(() => host.set(changes));
}
