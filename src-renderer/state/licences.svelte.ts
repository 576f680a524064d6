// What the application is made of; asked for when somebody wants to know.
import type { Licences } from '../../src-main/contract/licences.ts';
import { call } from '../bridge/bridge.ts';
import { Loaded } from './loaded.svelte.ts';

export const licences = new Loaded<Licences>(() => call('application.licences', null));
