"""A DQN update as one would write it for PyTorch, in the variants of which the fastest is measured."""

import copy
from dataclasses import dataclass

import torch
from peer_network import Network
from torch.nn import functional


@dataclass(frozen=True)
class Variant:
    adam: str
    channels_last: bool

    def __str__(self):
        return f"Adam {self.adam}{', channels last' if self.channels_last else ''}"


ADAM = {"for-loop": {"foreach": False}, "foreach": {"foreach": True}, "fused": {"fused": True}}


def variants(specification):
    layouts = [False, True] if len(specification["input"]["shape"]) == 3 else [False]
    return [Variant(adam, channels_last) for adam in ADAM for channels_last in layouts]


def fill_replay(specification, size, actions, content, channels_last):
    """A full replay buffer of noise as tensors: bytes for images of bytes, floats for the rest."""
    generator = torch.Generator().manual_seed(1)
    shape = specification["input"]["shape"]
    if len(shape) == 3 and not channels_last:
        shape = [shape[2], shape[0], shape[1]]

    def observations():
        match content:
            case "bytes":
                return torch.randint(0, 256, (size, *shape), dtype=torch.uint8, generator=generator)
            case "bits":
                return torch.randint(0, 2, (size, *shape), generator=generator).float()
            case "normal":
                return torch.randn((size, *shape), generator=generator)

    return (
        observations(),
        torch.randint(0, actions, (size, 1), generator=generator),
        torch.randn(size, generator=generator),
        torch.where(torch.rand(size, generator=generator) < 0.1, 0.0, 0.99),
        observations(),
    )


class Update:
    def __init__(self, specification, *, batch, learning_rate, variant, replay):
        self.online = Network(specification, variant.channels_last)
        self.target = copy.deepcopy(self.online)
        self.optimizer = torch.optim.Adam(self.online.parameters(), lr=learning_rate, **ADAM[variant.adam])
        self.batch = batch
        self.replay = replay

    def load(self, parameters):
        self.online.load(parameters)
        self.target.load(parameters)

    def __call__(self):
        index = torch.randint(0, len(self.replay[0]), (self.batch,))
        self.learn(*[column.index_select(0, index) for column in self.replay])

    def learn(self, observations, actions, rewards, discounts, next_observations, mask_gradients=None):
        with torch.no_grad():
            targets = rewards + discounts * self.target(next_observations).amax(1)
        q = self.online(observations).gather(1, actions).squeeze(1)
        loss = functional.smooth_l1_loss(q, targets)
        self.optimizer.zero_grad()
        loss.backward()
        if mask_gradients is not None:
            mask_gradients()
        self.optimizer.step()
