"""Steps an environment with random actions: `peer_environments.py ID SECONDS` prints microseconds of the
processor per step, as one line of JSON.

Episodes that end are reset within the time, and every step is observed, as on the other side.
"""

import json
import random
import sys
import time
from importlib.metadata import version


def gymnasium_steps(name):
    import gymnasium

    env = gymnasium.make(name, disable_env_checker=True)
    env.reset(seed=0)
    env.action_space.seed(0)
    actions = [env.action_space.sample() for _ in range(1000)]

    def step(i):
        _, _, terminated, truncated, _ = env.step(actions[i % 1000])
        if terminated or truncated:
            env.reset()

    return step, {"gymnasium": version("gymnasium"), **({"box2d": version("box2d")} if name.startswith("LunarLander") else {})}


def minatar_steps(name):
    from minatar import Environment

    game = name.removeprefix("MinAtar/").removesuffix("-v1")
    env = Environment("".join("_" + c.lower() if c.isupper() else c for c in game).lstrip("_"))
    env.seed(0)
    env.reset()
    moves = env.minimal_action_set()
    chance = random.Random(0)
    actions = [chance.choice(moves) for _ in range(1000)]

    def step(i):
        _, terminated = env.act(actions[i % 1000])
        env.state()
        if terminated:
            env.reset()

    return step, {"MinAtar": version("MinAtar")}


def main():
    name, seconds = sys.argv[1], float(sys.argv[2])
    step, versions = (minatar_steps if name.startswith("MinAtar/") else gymnasium_steps)(name)
    for phase in (seconds / 5, seconds):  # the first to get warm
        done, began, elapsed = 0, time.process_time(), 0.0
        while elapsed < phase:
            for i in range(20):
                step(done + i)
            done += 20
            elapsed = time.process_time() - began
    print(json.dumps({"microseconds": 1e6 * elapsed / done, "versions": versions}))


main()
