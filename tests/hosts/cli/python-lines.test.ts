import { expect, it } from 'vitest';
import { pythonLines } from '../../../src-main/hosts/cli/python-lines.ts';

it('says what is there, and how to get what is missing', () => {
  const packages = { gymnasium: '1.4.0', numpy: '2.4.6', ale_py: null, mujoco: '4.0.0', cv2: null, pygame: '2.6.1' };
  const environments = ['Acrobot-v1', 'CartPole-v1'];
  const versions = { python: '3.11.7', executable: '/venv/bin/python', packages, environments };
  expect(pythonLines({ works: true, versions })).toEqual([
    'Python 3.11.7, /venv/bin/python, with gymnasium 1.4.0, numpy 2.4.6, mujoco 4.0.0, pygame 2.6.1',
    '  has 2 environments, such as gym:Acrobot-v1',
    '  for Atari games, gym:ALE/…: /venv/bin/python -m pip install ale-py',
    '  for the option "atari": /venv/bin/python -m pip install opencv-python',
    '  for gym:BipedalWalker-v3 and others: /venv/bin/python -m pip install "gymnasium[box2d]"',
  ]);
});

it('says why there is nothing, and what helps', () => {
  const problem = {
    kind: 'environment',
    code: 'PythonNotFoundError',
    message: 'no python',
    hint: 'install it',
  } as const;
  expect(pythonLines({ works: false, problem })).toEqual(['no environments gym:…: no python', '  install it']);
});
