"""PyTorch's side of the speed benchmark: one JSON line in, one JSON line out, so that both sides measure in turn."""

import gc
import json
import platform
import sys
import time

import gymnasium
import numpy
import stable_baselines3
import torch
from peer_network import Network, decode, encode
from peer_update import Update, Variant, fill_replay, variants

THREADS = (1, 2)
#: By number of threads: what `measure` repeats.
steps = {}


def microseconds(step, seconds):
    """Per call, over at least `seconds`, after a tenth of that to warm up."""

    def repeat(calls, duration):
        done, begin = 0, time.perf_counter()
        while (elapsed := time.perf_counter() - begin) < duration:
            for _ in range(calls):
                step()
            done += calls
        return done, elapsed

    gc.disable()
    warm, _ = repeat(1, seconds / 10)
    done, elapsed = repeat(max(1, warm // 10), seconds)
    gc.enable()
    return 1e6 * elapsed / done


def versions(_):
    return {
        "Python": platform.python_version(),
        "PyTorch": torch.__version__,
        "NumPy": numpy.__version__,
        "Gymnasium": gymnasium.__version__,
        "Stable-Baselines3": stable_baselines3.__version__,
    }


def prepare_update(request):
    """Chooses the fastest variant for each number of threads."""
    steps.clear()
    network, chosen, replays, candidates = request["network"], {}, {}, {}
    for variant in variants(network):
        layout = variant.channels_last
        if layout not in replays:
            replay = (request["replaySize"], request["actions"], request["content"])
            replays[layout] = fill_replay(network, *replay, channels_last=layout)
        options = {"batch": request["batch"], "learning_rate": request["learningRate"]}
        candidates[variant] = Update(network, variant=variant, replay=replays[layout], **options)
    for threads in THREADS:
        torch.set_num_threads(threads)
        times = {variant: [] for variant in candidates}
        for _ in range(3):
            for variant, step in candidates.items():
                times[variant].append(microseconds(step, request["trialSeconds"]))
        best = min(times, key=lambda variant: min(times[variant]))
        steps[threads] = candidates[best]
        chosen[str(threads)] = str(best)
    return chosen


def prepare_inference(request):
    """Answers the observation, which is what is timed from then on."""
    network = Network(request["network"], channels_last=False)
    network.load({name: decode(text) for name, text in request["parameters"].items()})
    observation = torch.from_numpy(decode(request["observation"])).reshape(1, -1)

    for threads in THREADS:
        steps[threads] = lambda: network(observation)
    with torch.inference_mode():
        return {"outputs": encode(network(observation).numpy())}


def measure(request):
    torch.set_num_threads(request["threads"])
    with torch.inference_mode(request["inference"]):
        return {"microseconds": microseconds(steps[request["threads"]], request["seconds"])}


def learn(request):
    """The parameters after updates on the given batches."""
    network, masks = request["network"], request["masks"]
    variant = Variant("fused", channels_last=True) if len(network["input"]["shape"]) == 3 else Variant("fused", False)
    update = Update(network, batch=0, learning_rate=request["learningRate"], variant=variant, replay=None)
    update.load({name: decode(text) for name, text in request["parameters"].items()})
    kept = [
        (weight, arrange(decode(masks[name], numpy.uint8)))
        for name, weight, arrange in update.online.kernels()
        if name in masks
    ]

    def mask_gradients():
        for weight, mask in kept:
            weight.grad.mul_(mask)

    for batch in request["batches"]:
        shape = [-1, *network["input"]["shape"]]
        update.learn(
            torch.from_numpy(decode(batch["observations"])).reshape(shape),
            torch.from_numpy(decode(batch["actions"], numpy.int32)).long().unsqueeze(1),
            torch.from_numpy(decode(batch["rewards"])),
            torch.from_numpy(decode(batch["discounts"])),
            torch.from_numpy(decode(batch["nextObservations"])).reshape(shape),
            mask_gradients,
        )
    return {name: encode(array) for name, array in update.online.read().items()}


COMMANDS = {
    command.__name__: command for command in (versions, prepare_update, prepare_inference, measure, learn)
}

for line in sys.stdin:
    message = json.loads(line)
    print(json.dumps(COMMANDS[message["command"]](message)), flush=True)
