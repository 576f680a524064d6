"""Gymnasium environments for Secateur: questions come in on one pipe, answers go out on another.

A question is <u32 length, u8 what, payload>, an answer <u32 length, u8 status, payload>; status 0 is an answer, 1 an error
as JSON. Numbers are little-endian. Observations, actions and rewards travel as they lie in memory, never as text.
src-main/workers/gymnasium/protocol.ts is the other end. Works with Gymnasium 0.29 and 1.x on Python 3.8 or newer.
"""

import ctypes
import faulthandler
import json
import os
import platform
import signal
import struct
import sys
import threading
import time
import traceback
import zlib

QUESTIONS_FD = 3
ANSWERS_FD = 4

HELLO, VERSIONS, DESCRIBE, RESET, STEP, REPLAY, DRAW = range(7)
OK, FAILED = 0, 1

# Of what environments print: beyond that the log begins anew.
LOG_BYTES = 1 << 20
# A picture is made smaller by whole factors until neither side is longer.
LONGEST_SIDE = 256
# What AtariPreprocessing begins with at most, and the side of its pictures (Mnih et al. 2015).
ATARI_NOOPS = 30
ATARI_SIZE = 84
PACKAGES = ("gymnasium", "numpy", "ale_py", "mujoco", "cv2", "pygame", "Box2D")


class Refused(Exception):
    """What the other end has an error class for."""

    def __init__(self, kind, message, **details):
        super().__init__(message)
        self.problem = {"kind": kind, "message": message, **details}


def die_with_parent(parent):
    """A killed worker leaves no Python behind, not even one that computes for ever."""
    try:
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG: Linux only
    except (OSError, AttributeError, TypeError):
        pass

    def watch():
        while os.getppid() == parent:
            time.sleep(0.5)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def version_of(package):
    try:
        module = __import__(package)
    except ImportError:
        return None
    return str(getattr(module, "__version__", "installed"))


def import_gymnasium():
    try:
        import gymnasium
        import numpy
    except ImportError as error:
        raise Refused("no-gymnasium", str(error)) from error
    return gymnasium, numpy


def register_atari(gymnasium):
    """ale-py 0.10 and newer registers its games when it is asked to."""
    try:
        import ale_py
    except ImportError:
        return False
    if hasattr(gymnasium, "register_envs"):
        gymnasium.register_envs(ale_py)
    return True


def versions():
    gymnasium, _ = import_gymnasium()
    register_atari(gymnasium)
    return {
        "python": platform.python_version(),
        "executable": sys.executable,
        "packages": {package: version_of(package) for package in PACKAGES},
        "environments": sorted(str(name) for name in gymnasium.registry),
    }


def last_line(error):
    return "".join(traceback.format_exception_only(type(error), error)).strip().splitlines()[-1]


class FirePress:
    """Presses FIRE after every reset, for games that wait for it. Made into a wrapper by `with_fire`."""

    def reset(self, *, seed=None, options=None):
        observation, info = self.env.reset(seed=seed, options=options)
        meanings = self.env.unwrapped.get_action_meanings()
        if "FIRE" in meanings:
            observation, _, terminated, truncated, info = self.env.step(meanings.index("FIRE"))
            if terminated or truncated:
                return self.env.reset(options=options)
        return observation, info


def with_fire(gymnasium, env):
    return type("FireReset", (FirePress, gymnasium.Wrapper), {})(env)


class Bridge:
    def __init__(self):
        self.gymnasium, self.np = import_gymnasium()
        self.environments = {}
        self.drawn = set()

    # Making environments

    def make(self, drawn=False):
        wanted = self.wanted
        arguments = dict(wanted["arguments"])
        if drawn:
            arguments["render_mode"] = "rgb_array"
        atari = wanted["atari"]
        if atari is not None:
            arguments["frameskip"] = 1
        elif wanted["maxSteps"] is not None:
            arguments["max_episode_steps"] = wanted["maxSteps"]
        try:
            env = self.gymnasium.make(wanted["id"], disable_env_checker=True, **arguments)
            return env if atari is None else self.preprocess(env, atari)
        except Exception as error:
            unknown = type(error).__name__ in ("NameNotFound", "NamespaceNotFound", "VersionNotFound")
            kind = "unknown-environment" if unknown else "not-made"
            raise Refused(kind, last_line(error), traceback=traceback.format_exc()) from error

    def preprocess(self, env, atari):
        """Frames as Mnih et al. 2015 have them: grey, 84×84, the maximum of two, every fourth; stacked."""
        wrappers = self.gymnasium.wrappers
        if atari["fire"]:
            env = with_fire(self.gymnasium, env)
        env = wrappers.AtariPreprocessing(
            env, noop_max=ATARI_NOOPS, frame_skip=atari["frameSkip"], screen_size=ATARI_SIZE
        )
        stack = getattr(wrappers, "FrameStackObservation", None) or wrappers.FrameStack
        return stack(env, atari["stack"])

    # What it is

    def describe(self, wanted):
        self.wanted = wanted
        if wanted["id"] not in self.gymnasium.registry:
            register_atari(self.gymnasium)
        env = self.make()
        self.environments[0] = env
        self.read_observations(env.observation_space)
        self.read_actions(env.action_space)
        return {
            "observation": self.observation,
            "actions": self.actions,
            "maxEpisodeSteps": self.step_limit(env),
            "stepsPerSecond": self.frame_rate(env),
            "drawable": "rgb_array" in (env.metadata.get("render_modes") or []),
            "versions": {package: version_of(package) for package in ("gymnasium", "ale_py", "mujoco")},
            "python": platform.python_version(),
        }

    def read_observations(self, space):
        dtype = str(getattr(space, "dtype", None))
        shape = tuple(getattr(space, "shape", None) or ())
        stacked = self.wanted["atari"] is not None
        fits = dtype == "uint8" or dtype.startswith("float")
        if type(space).__name__ != "Box" or len(shape) not in (1, 3) or not fits:
            raise Refused("space", str(space), which="observation")
        self.dtype = "uint8" if dtype == "uint8" else "float32"
        self.shape = shape
        self.size = 1
        for length in shape:
            self.size *= length
        self.row = self.size * (1 if self.dtype == "uint8" else 4)
        low, high = space.low, space.high
        if stacked:
            # Frames come first there, channels come last here.
            shape, low, high = shape[1:] + shape[:1], low.transpose(1, 2, 0), high.transpose(1, 2, 0)
        self.stacked = stacked
        self.observation = {
            "dtype": self.dtype,
            "shape": [int(length) for length in shape],
            "low": bounds(low),
            "high": bounds(high),
        }

    def read_actions(self, space):
        name = type(space).__name__
        if name == "Discrete":
            self.first_action = int(getattr(space, "start", 0))
            self.action_size = 0
            self.actions = {"kind": "discrete", "n": int(space.n)}
        elif name == "Box" and len(space.shape) == 1 and str(space.dtype).startswith("float"):
            # Policies keep to the bounds, and explore between them.
            if not (self.np.isfinite(space.low).all() and self.np.isfinite(space.high).all()):
                raise Refused("space", "%s, without bounds" % (space,), which="action")
            self.action_size = int(space.shape[0])
            self.action_dtype = str(space.dtype)
            self.actions = {
                "kind": "box",
                "shape": [self.action_size],
                "low": bounds(space.low),
                "high": bounds(space.high),
            }
        else:
            raise Refused("space", str(space), which="action")

    def step_limit(self, env):
        """Of the specification, or of the Arcade Learning Environment, which counts frames; None where neither has one."""
        specification = env.spec
        limit = getattr(specification, "max_episode_steps", None)
        if limit is not None or specification is None:
            return limit
        arguments = specification.kwargs or {}
        frames = arguments.get("max_num_frames_per_episode")
        if frames is None:
            return None
        atari = self.wanted["atari"]
        skip = atari["frameSkip"] if atari is not None else arguments.get("frameskip", 1)
        return int(frames) // (skip if isinstance(skip, int) else min(skip))

    def frame_rate(self, env):
        rate = env.metadata.get("render_fps")
        atari = self.wanted["atari"]
        if not rate:
            return None
        return rate / atari["frameSkip"] if atari is not None else rate

    # Playing

    def world(self, slot):
        env = self.environments.get(slot)
        if env is None:
            env = self.environments[slot] = self.make()
        return env

    def observed(self, value, where):
        array = self.np.asarray(value, self.dtype)
        if tuple(array.shape) != self.shape:
            shapes = {"actual": list(array.shape), "expected": list(self.shape)}
            raise Refused("shape", "the observation has another shape than its space", where=where, **shapes)
        if self.stacked:
            array = array.transpose(1, 2, 0)
        return array.tobytes()

    def check_finite(self, data, where):
        if self.dtype == "float32" and not self.np.isfinite(self.np.frombuffer(data, "float32")).all():
            values = struct.unpack("<%df" % (len(data) // 4), data)
            bad = next(i for i, value in enumerate(values) if value - value != 0)
            place = {"element": bad % self.size, "value": repr(values[bad])}
            raise Refused("not-finite", "an observation is not finite", where=where, **place)

    def reset(self, slot, seed):
        observation, _ = self.world(slot).reset(seed=seed)
        data = self.observed(observation, "reset")
        self.check_finite(data, "reset")
        return data

    def act(self, actions, index):
        if self.action_size == 0:
            return self.first_action + actions[index]
        start = index * self.action_size
        return self.np.asarray(actions[start : start + self.action_size], self.action_dtype)

    def read_chosen(self, count, payload, offset):
        if self.action_size == 0:
            return struct.unpack_from("<%dI" % count, payload, offset)
        return self.np.frombuffer(payload, "float32", count * self.action_size, offset)

    def step(self, payload):
        (count,) = struct.unpack_from("<I", payload)
        slots = struct.unpack_from("<%dI" % count, payload, 4)
        actions = self.read_chosen(count, payload, 4 + 4 * count)
        observations = []
        rewards = []
        flags = bytearray(2 * count)
        for index, slot in enumerate(slots):
            outcome = self.environments[slot].step(self.act(actions, index))
            if len(outcome) != 5:
                raise Refused("old-interface", "step returned %d values, not 5" % len(outcome), where="step")
            observation, reward, terminated, truncated, _ = outcome
            observations.append(self.observed(observation, "step"))
            reward = float(reward)
            if reward - reward != 0:
                raise Refused("not-finite", "a reward is not finite", where="step", element=None, value=repr(reward))
            rewards.append(reward)
            flags[index] = bool(terminated)
            flags[count + index] = bool(truncated)
        data = b"".join(observations)
        self.check_finite(data, "step")
        return struct.pack("<%dd" % count, *rewards) + bytes(flags) + data

    def replay(self, payload):
        """An episode again from its beginning: how a world is brought to where it was."""
        slot, drawn, seed, count = struct.unpack_from("<IBdI", payload)
        actions = self.read_chosen(count, payload, struct.calcsize("<IBdI"))
        if drawn and slot not in self.drawn:
            env = self.make(drawn=True)
            self.close(slot)
            self.environments[slot] = env
            self.drawn.add(slot)
        data = self.reset(slot, int(seed))
        env = self.environments[slot]
        for index in range(count):
            observation, _, terminated, truncated, _ = env.step(self.act(actions, index))
            if (terminated or truncated) and index < count - 1:
                raise Refused("other-replay", "after %d of %d steps the episode is over" % (index + 1, count))
            data = self.observed(observation, "step")
        self.check_finite(data, "step")
        return data

    def close(self, slot):
        env = self.environments.pop(slot, None)
        if env is not None:
            env.close()

    # Pictures

    def draw(self, slot):
        try:
            frame = self.environments[slot].render()
        except Exception as error:
            raise Refused("not-drawn", last_line(error), traceback=traceback.format_exc()) from error
        shape = tuple(getattr(frame, "shape", ()))
        if len(shape) != 3 or shape[2] != 3:
            raise Refused("not-drawn", "render() returned no picture of RGB pixels")
        height, width, _ = shape
        factor = -(-max(height, width) // LONGEST_SIDE)
        if factor > 1:
            height, width = height // factor, width // factor
            blocks = frame[: height * factor, : width * factor].reshape(height, factor, width, factor, 3)
            # The lowest bits of a mean are noise to the eye and most of the bytes of a picture.
            frame = blocks.mean(axis=(1, 3)).astype("uint8") & 0xF8
        return struct.pack("<II", width, height) + zlib.compress(frame.tobytes(), 6)


def bounds(values):
    """JSON has no infinity: the largest double stands for it."""
    largest = sys.float_info.max
    return [min(largest, max(-largest, float(value))) for value in values.reshape(-1).tolist()]


def answer(bridge, what, payload):
    if what == HELLO:
        return b""
    if what == VERSIONS:
        return as_json(versions())
    if what == DESCRIBE:
        return as_json(bridge.describe(json.loads(payload.decode())))
    if what == RESET:
        slot, seed = struct.unpack("<Id", payload)
        return bridge.reset(slot, int(seed))
    if what == STEP:
        return bridge.step(payload)
    if what == REPLAY:
        return bridge.replay(payload)
    return bridge.draw(*struct.unpack("<I", payload))


def as_json(value):
    return json.dumps(value).encode()


WHERE = {HELLO: "start", VERSIONS: "import", DESCRIBE: "make", RESET: "reset", STEP: "step", REPLAY: "step", DRAW: "render"}


def trim_log():
    if os.fstat(2).st_size > LOG_BYTES:
        os.ftruncate(2, 0)


def main():
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    die_with_parent(os.getppid())
    faulthandler.enable()
    # Worlds that draw have no display here, and need none.
    os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
    questions = os.fdopen(QUESTIONS_FD, "rb")
    answers = os.fdopen(ANSWERS_FD, "wb")
    bridge = None
    asked = 0
    while True:
        head = questions.read(5)
        if len(head) < 5:
            break
        length, what = struct.unpack("<IB", head)
        payload = questions.read(length)
        try:
            if bridge is None and what not in (HELLO, VERSIONS):
                bridge = Bridge()
            status, data = OK, answer(bridge, what, payload)
        except Refused as refused:
            status, data = FAILED, as_json({"where": WHERE[what], **refused.problem})
        except BaseException as error:
            problem = {"kind": "raised", "where": WHERE[what], "message": last_line(error)}
            status, data = FAILED, as_json({**problem, "traceback": traceback.format_exc()})
        answers.write(struct.pack("<IB", len(data), status))
        answers.write(data)
        answers.flush()
        asked += 1
        if asked % 1000 == 0:
            trim_log()
    # Not by way of the interpreter's end: threads of an environment may never come to theirs.
    os._exit(0)


main()
