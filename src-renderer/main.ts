// Entry of the page, in the window and in a browser alike.
import { mount } from 'svelte';
import App from './App.svelte';

const target = document.getElementById('app');
if (target === null) throw new Error('index.html has no element "app".');
mount(App, { target });
