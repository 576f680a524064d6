"""Stable-Baselines3's DQN on CartPole-v1 with rl-baselines3-zoo's settings: `peer_cartpole.py STEPS THREADS SEED`."""

import json
import sys
import time

import gymnasium
import torch
from stable_baselines3 import DQN

steps, threads, seed = map(int, sys.argv[1:])
torch.set_num_threads(threads)

begin = time.perf_counter()
model = DQN(
    "MlpPolicy",
    gymnasium.make("CartPole-v1"),
    learning_rate=2.3e-3,
    batch_size=64,
    buffer_size=100_000,
    learning_starts=1000,
    gamma=0.99,
    target_update_interval=10,
    train_freq=256,
    gradient_steps=128,
    exploration_fraction=0.16,
    exploration_final_eps=0.04,
    policy_kwargs={"net_arch": [256, 256]},
    seed=seed,
    device="cpu",
)
model.learn(steps)
seconds = time.perf_counter() - begin
returns = [episode["r"] for episode in model.ep_info_buffer]
print(json.dumps({"seconds": seconds, "updates": model._n_updates, "lastReturn": sum(returns) / len(returns)}))
