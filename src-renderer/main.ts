// Entry of the page, in the window and in a browser alike.
import './ui/base.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { connect } from './bridge/bridge.ts';
import { commands } from './state/commands.svelte.ts';
import { host } from './state/host.svelte.ts';
import { inspectedModels } from './state/inspected-models.ts';
import { modelNames } from './state/model-names.svelte.ts';
import { openProject } from './state/open-project.svelte.ts';
import { projects } from './state/projects.svelte.ts';
import { runs } from './state/runs.svelte.ts';
import { showRememberedTheme } from './theme.svelte.ts';

showRememberedTheme();
connect();
host.begin();
commands.followMenus();
projects.begin();
openProject.begin();
modelNames.begin();
inspectedModels.begin();
runs.begin();

const target = document.getElementById('app');
if (target === null) throw new Error('index.html has no element "app".');
mount(App, { target });
