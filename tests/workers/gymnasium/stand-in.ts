// Worlds that a test can rely on: a stand-in for the modules gymnasium and numpy, run by whichever Python is there.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import type { EnvironmentDefinition } from '../../../src-main/engine/environments/environment.ts';
import { openGymnasium } from '../../../src-main/workers/gymnasium/open-gymnasium.ts';
import type { Patience } from '../../../src-main/workers/gymnasium/watchdog.ts';

export const PYTHON = process.env.SECATEUR_TEST_PYTHON ?? 'python3';
const MODULES = fileURLToPath(new URL('../../fixtures/gymnasium-stand-in/', import.meta.url));
const PATIENT: Patience = { step: 60_000, make: 60_000 };

/** Why there is nothing to test with here, if so. */
export const whyNoPython: string | null =
  process.platform === 'win32'
    ? 'the bridge is for Linux and macOS'
    : spawnSync(PYTHON, ['-c', 'import sys; sys.exit(sys.version_info < (3, 8))']).status === 0
      ? null
      : `there is no ${PYTHON} of version 3.8 or newer`;

/** From now on Python finds the stand-ins and not what it has itself. */
export function useStandIn(): void {
  process.env.PYTHONPATH = MODULES;
}

/** Opened until the test ends. */
export function openUntilEnd(id: string, { python = PYTHON, patience = PATIENT } = {}): EnvironmentDefinition {
  const { definition, close } = openGymnasium(id, { python, patience });
  onTestFinished(close);
  return definition;
}
