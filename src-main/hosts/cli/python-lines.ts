// What a Python has for environments named gym:…, for people.
import type { PythonCheck } from '../../contract/python.ts';

/** By the name that it is imported by: what it is for, and what pip calls it. */
const OPTIONAL: Readonly<Record<string, { readonly use: string; readonly pip: string }>> = {
  ale_py: { use: 'Atari games, gym:ALE/…', pip: 'ale-py' },
  cv2: { use: 'the option "atari"', pip: 'opencv-python' },
  mujoco: { use: 'robots, such as gym:HalfCheetah-v5', pip: '"gymnasium[mujoco]"' },
  Box2D: { use: 'gym:BipedalWalker-v3 and others', pip: '"gymnasium[box2d]"' },
  pygame: { use: 'pictures of most small environments', pip: 'pygame' },
};

export function pythonLines(check: PythonCheck): string[] {
  if (!check.works) return [`no environments gym:…: ${check.problem.message}`, `  ${check.problem.hint}`];
  const { python, executable, packages, environments } = check.versions;
  const there = Object.entries(packages).filter(([, version]) => version !== null);
  const missing = Object.entries(OPTIONAL).filter(([name]) => packages[name] == null);
  return [
    `Python ${python}, ${executable}, with ${there.map(([name, version]) => `${name} ${version}`).join(', ')}`,
    `  has ${environments.length} environments, such as gym:${environments.find((id) => /^[A-Z]/.test(id)) ?? environments[0] ?? '…'}`,
    ...missing.map(([, { use, pip }]) => `  for ${use}: ${executable} -m pip install ${pip}`),
  ];
}
