"""A network specification as PyTorch modules, and its parameters to and from our layout: dense [in, out], conv HWIO."""

import base64
import math

import numpy
import torch
from torch import nn

ACTIVATIONS = {"relu": nn.ReLU, "tanh": nn.Tanh, "sigmoid": nn.Sigmoid, "elu": nn.ELU}


class Input(nn.Module):
    """Scales; images that are stored as [height, width, channels] become channels-last tensors without a copy."""

    def __init__(self, scale, channels_last):
        super().__init__()
        self.scale = scale
        self.channels_last = channels_last

    def forward(self, x):
        if self.channels_last:
            x = x.permute(0, 3, 1, 2)
        return x if self.scale == 1 else x * self.scale


class Network(nn.Sequential):
    """One head, valid padding: what the benchmark has."""

    def __init__(self, specification, channels_last):
        shape = specification["input"]["shape"]
        scale = specification["input"]["scale"]
        modules = [Input(scale, channels_last)] if channels_last or scale != 1 else []
        #: (name, torch layer, [height, width, channels] of what was flattened into it or None)
        placed = []
        flattened = None
        for layer in specification["trunk"] + specification["heads"][0]["layers"]:
            match layer["kind"]:
                case "flatten":
                    modules.append(nn.Flatten())
                    flattened, shape = shape, [math.prod(shape)]
                    continue
                case "conv2d":
                    kernel, strides = layer["kernelSize"], layer["strides"]
                    module = nn.Conv2d(shape[2], layer["filters"], kernel, strides)
                    sides = [(shape[i] - kernel[i]) // strides[i] + 1 for i in range(2)]
                    placed.append((layer["name"], module, None))
                    shape = [*sides, layer["filters"]]
                case "dense":
                    module = nn.Linear(shape[0], layer["units"])
                    placed.append((layer["name"], module, flattened))
                    flattened, shape = None, [layer["units"]]
            modules.append(module)
            if layer["activation"] != "linear":
                modules.append(ACTIVATIONS[layer["activation"]]())
        super().__init__(*modules)
        self.placed = placed
        if channels_last:
            self.to(memory_format=torch.channels_last)

    @torch.no_grad()
    def load(self, parameters):
        """From arrays by our names, as `decode` gives them."""
        for name, module, flattened in self.placed:
            module.weight.copy_(to_torch(parameters[f"{name}/kernel"], module, flattened))
            module.bias.copy_(torch.from_numpy(parameters[f"{name}/bias"]))

    def read(self):
        arrays = {}
        for name, module, flattened in self.placed:
            arrays[f"{name}/kernel"] = from_torch(module.weight.detach(), module, flattened)
            arrays[f"{name}/bias"] = module.bias.detach().numpy()
        return arrays

    def kernels(self):
        """By our names: the weight, and how one of our arrays becomes like it."""
        for name, module, flattened in self.placed:
            yield f"{name}/kernel", module.weight, lambda array, m=module, f=flattened: to_torch(array, m, f)


def to_torch(kernel, module, flattened):
    """A kernel of ours, of any type, as the layer's weight: [out, in], or OIHW."""
    if isinstance(module, nn.Conv2d):
        filters, channels, height, width = module.weight.shape
        return torch.from_numpy(kernel.reshape(height, width, channels, filters)).permute(3, 2, 0, 1)
    units = module.weight.shape[0]
    if flattened is None:
        return torch.from_numpy(kernel.reshape(-1, units)).T
    # Ours is flattened with the channels last, PyTorch's with the channels first.
    return torch.from_numpy(kernel.reshape(*flattened, units)).permute(3, 2, 0, 1).reshape(units, -1)


def from_torch(weight, module, flattened):
    if isinstance(module, nn.Conv2d):
        return weight.permute(2, 3, 1, 0).numpy()
    if flattened is None:
        return weight.T.numpy()
    height, width, channels = flattened
    return weight.reshape(-1, channels, height, width).permute(2, 3, 1, 0).numpy()


def decode(text, dtype=numpy.float32):
    """Little-endian bytes as base64."""
    return numpy.frombuffer(base64.b64decode(text), dtype).copy()


def encode(array):
    return base64.b64encode(numpy.ascontiguousarray(array, numpy.float32).tobytes()).decode()
