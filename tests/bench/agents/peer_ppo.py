"""Stable-Baselines3's PPO with given settings: `peer_ppo.py ENVIRONMENT STEPS THREADS SEED SETTINGS`, these as JSON."""

import json
import sys
import time

import torch
from stable_baselines3 import PPO
from stable_baselines3.common.env_util import make_vec_env

environment = sys.argv[1]
steps, threads, seed = map(int, sys.argv[2:5])
settings = json.loads(sys.argv[5])
torch.set_num_threads(threads)


def scheduled(value, schedule):
    return (lambda remaining: remaining * value) if schedule == "linear" else value


begin = time.perf_counter()
model = PPO(
    "MlpPolicy",
    make_vec_env(environment, n_envs=settings["environments"], seed=seed),
    n_steps=settings["nSteps"],
    batch_size=settings["batchSize"],
    n_epochs=settings["epochs"],
    gamma=settings["gamma"],
    gae_lambda=settings["gaeLambda"],
    learning_rate=scheduled(settings["learningRate"], settings["learningRateSchedule"]),
    clip_range=scheduled(settings["clip"], settings["clipSchedule"]),
    ent_coef=settings["entropyCoefficient"],
    vf_coef=settings["valueCoefficient"],
    max_grad_norm=settings["maxGradientNorm"],
    policy_kwargs={"net_arch": settings["hiddenUnits"]},
    seed=seed,
    device="cpu",
)
model.learn(steps)
seconds = time.perf_counter() - begin
returns = [episode["r"] for episode in model.ep_info_buffer]
print(json.dumps({"seconds": seconds, "updates": model._n_updates, "lastReturn": sum(returns) / len(returns)}))
