#!/usr/bin/env node
// Starts the command line, with what it needs built before if need be. Plain old JavaScript, as supported-node.mjs.
import { fileURLToPath } from 'url';
import { buildApplication, buildKernels } from './build-stale.mjs';
import { startNode } from './start-node.mjs';

const main = fileURLToPath(new URL('../src-main/hosts/cli/main.ts', import.meta.url));
const args = process.argv.slice(2);

/** The command: the first argument that is neither an option nor the value of one. */
const command = args.find((argument, index) => !argument.startsWith('-') && args[index - 1] !== '--store');

startNode([main, ...args], (node) => buildKernels(node) || (command === 'serve' ? buildApplication(node) : undefined));
