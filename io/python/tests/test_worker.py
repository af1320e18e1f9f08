"""The worker of Python against a small program that sends the protocol's requests. In the root of the project:
python3 -m unittest discover -s io/python/tests"""
import contextlib
import importlib.util
import io
import math
import os
import socket
import subprocess
import sys
import tempfile
import unittest
import warnings
from pathlib import Path
from unittest import mock

import numpy as np

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "io/python"))

import latticelift
from latticelift import worker

MODELS = ROOT / "configs/python"
CONDITIONS = {
    "ising": {"temperature": 2.5}, "voter": {"noise": 0.1}, "lattice_gas": {"temperature": 1.5}, "schloegl": {"feed": 0.1},
}
SEED = [1, 2, 3, 4]
LARGE = {"schloegl": 64}


def model(name):
    """The system of an example, without its last line."""
    text = (MODELS / (name + ".py")).read_text()
    space = {}
    exec(text[:text.index("latticelift.serve(")], space)
    return next(v for v in space.values() if isinstance(v, type) and issubclass(v, latticelift.GridSystem))


class Fake:
    """The program's side of one worker, which is a process or an object."""

    def __init__(self, system, condition, small=16, large=64):
        self.condition, self.worker, self.id, self.wrong = condition, worker.Worker(system), 0, False
        self.hello = self.ask("hello", protocol=1, small=small, large=large, parameters={})[0]

    def ask(self, call, arrays=None, **keys):
        self.id += 1
        header = {"call": call, "id": self.id, "condition": self.condition, **keys}
        reply, out = self.worker.answer(header, arrays or {})
        if reply["id"] != self.id or "error" in reply and not self.wrong:
            raise AssertionError((self.worker.system, reply))
        return reply, out

    def state(self, extent="large", seed=SEED, time=2.0):
        state = self.ask("initial", extent=extent, seed=seed)[1]["state"]
        return self.ask("advance", {"state": state}, extent=extent, seed=seed, duration={"time": time})[1]["state"]


class GridTest(unittest.TestCase):
    def fakes(self):
        for name, condition in CONDITIONS.items():
            yield Fake(model(name)(), condition)

    def test_a_request_has_one_answer(self):
        for fake in self.fakes():
            self.assertEqual(fake.state().tobytes(), fake.state().tobytes())
            self.assertNotEqual(fake.state().tobytes(), fake.state(seed=[1, 2, 3, 5]).tobytes())

    def test_patches_have_the_mean_of_the_whole(self):
        for fake in self.fakes():
            state = fake.state()
            whole = fake.ask("observe", {"state": state}, extent="large")[1]["observables"]
            reply, out = fake.ask("patches", {"state": state}, environment="ghost")
            self.assertEqual(reply["count"], 64 ** state.ndim // 16 ** state.ndim)
            np.testing.assert_allclose(out["observables"].mean(axis=0), whole, atol=1e-12)

    def test_what_is_frozen_stands_still_and_the_rest_moves(self):
        for fake in self.fakes():
            state = fake.state("small")
            frozen = np.zeros(state.shape, np.uint8)
            frozen[3:9] = 1
            keys = {"extent": "small", "seed": SEED, "duration": {"time": 4.0}}
            after = fake.ask("advance", {"state": state.copy(), "frozen": frozen}, **keys)[1]["state"]
            self.assertTrue(np.array_equal(after[frozen == 1], state[frozen == 1]))
            self.assertFalse(np.array_equal(after[frozen == 0], state[frozen == 0]))

    def test_increments_are_those_of_the_kept_state(self):
        for fake in self.fakes():
            state = fake.state()
            kept = state.copy()
            for environment in "ghost", "buffer":
                before = fake.ask("patches", {"state": kept}, environment=environment)[1]["observables"]
                for patch in 0, 3:
                    keys = {"duration": {"time": 2.0}, "patch": patch, "seed": SEED, "drift": False, "keep": True}
                    reply, out = fake.ask("evolve", **keys)
                    self.assertEqual(reply["time"], 2.0)
                    self.assertTrue(np.array_equal(kept, state))
                    self.assertTrue(np.array_equal(out["state"][out["frozen"] == 1], state[out["frozen"] == 1]))
                    after = fake.ask("patches", {"state": out["state"]}, environment=environment)[1]["observables"]
                    change = (after - before).sum(axis=0) if environment == "ghost" else (after - before)[patch]
                    np.testing.assert_allclose(out["increments"], change, atol=1e-12)
                    self.assertTrue(np.any(change))
                    fake.ask("patches", {"state": kept}, environment=environment)

    def test_together_all_patches_move(self):
        for fake in self.fakes():
            state = fake.state()
            before = fake.ask("patches", {"state": state.copy()}, environment="whole")[1]["observables"]
            keys = {"duration": {"time": 2.0}, "seed": SEED, "drift": False, "keep": True}
            reply, out = fake.ask("evolve_all", **keys)
            after = fake.ask("patches", {"state": out["state"]}, environment="whole")[1]["observables"]
            np.testing.assert_allclose(out["increments"], after - before, atol=1e-12)
            self.assertTrue(np.all(np.any(out["increments"], axis=1)))

    def test_seams_relax_and_copies_have_none(self):
        for fake in self.fakes():
            tiles = [fake.state("small", seed=[k]) for k in range(16)]
            line = tiles[0].ndim == 1
            mosaic = np.concatenate(tiles[:4]) if line else np.block([tiles[k:k + 4] for k in range(0, 16, 4)])
            after = fake.ask("relax", {"state": mosaic.copy()}, seed=SEED)[1]["state"]
            place = np.arange(64) % 16
            inside = (place >= 4) & (place < 12)
            inside = inside if line else np.logical_and.outer(inside, inside)
            self.assertTrue(np.array_equal(after[inside], mosaic[inside]))
            self.assertFalse(np.array_equal(after[~inside], mosaic[~inside]))
            copies = np.tile(tiles[0], (4,) * tiles[0].ndim)
            self.assertTrue(np.array_equal(fake.ask("relax", {"state": copies.copy()}, seed=SEED)[1]["state"], copies))

    def test_a_window_is_the_large_system_to_its_patch(self):
        """Without randomness an evolution in the window is that of the whole, to the bit."""
        for environment, dimension, size in (("ghost", 1, 64), ("buffer", 2, 64), ("buffer", 2, 32), ("buffer", 3, 16), ("ghost", 2, 16)):
            with self.subTest((environment, dimension, size)):
                system = Majority()
                system.dimension, system.reach, small = dimension, 2, {3: 8}.get(dimension, 16)
                fake = Fake(system, {"x": 1}, small, size)
                state = fake.state(time=0)
                fake.ask("patches", {"state": state.copy()}, environment=environment)
                patch = fake.hello["large"]["patches"] - 1
                keys = {"duration": {"time": 3.0}, "patch": patch, "seed": SEED}
                _, out = fake.ask("evolve", drift=False, keep=True, **keys)
                keys = {"duration": {"time": 3.0}, "seed": SEED, "extent": "large"}
                _, whole = fake.ask("advance", {"state": state.copy(), "frozen": out["frozen"]}, **keys)
                self.assertTrue(np.array_equal(whole["state"], out["state"]))
                change = system.patches(whole["state"]) - system.patches(state)
                change = change.sum(axis=0) if environment == "ghost" else change[patch]
                np.testing.assert_allclose(out["increments"], change, atol=1e-12)
                self.assertFalse(np.array_equal(state, out["state"]))
                moving = (small + 8 * (environment == "buffer")) ** dimension
                self.assertEqual(np.count_nonzero(out["frozen"] == 0), min(moving, size ** dimension))


class Majority(latticelift.GridSystem):
    """A cellular automaton without randomness."""

    observables = {"ones": "1", "product": "eV"}
    time_step = 1.0

    def initial(self, extent, condition, rng):
        return rng.integers(2, size=extent.shape, dtype=np.int8)

    def around(self, array):
        return sum(np.roll(array, shift, axis) for shift in (-2, -1, 1, 2) for axis in range(array.ndim))

    def advance(self, array, duration, condition, rng, frozen=None):
        for _ in range(duration.steps):
            new = (self.around(array) % 3 == 1).astype(np.int8)
            array = new if frozen is None else np.where(frozen, array, new)
        return array

    def observe(self, array):
        return array, array * self.around(array) ** 2


class Clock(latticelift.GridSystem):
    """Continuous time: one site flips at a time, and nothing can stand still."""

    observables = ["x"]

    def initial(self, extent, condition, rng):
        return np.zeros(extent.shape, np.int8)

    def advance(self, array, duration, condition, rng):
        time, events = 0.0, 0
        while events < duration.events:
            wait = rng.exponential(1 / array.size)
            if time + wait > duration.time:
                return array, events, duration.time
            time, events = time + wait, events + 1
            array.flat[rng.integers(array.size)] ^= 1
        return array, events, time

    def observe(self, array):
        return array


class FrozenClock(Clock):
    """The same, where some sites can stand still."""

    def advance(self, array, duration, condition, rng, frozen=None):
        moving = np.flatnonzero(np.ones(array.shape, bool) if frozen is None else ~frozen)
        for _ in range(int(duration.events)):
            array.flat[rng.choice(moving)] ^= 1
        return array, duration.events, duration.events / len(moving)


class Blocks(latticelift.System):
    """No grid: a patch that evolves gets 1 in all of its elements."""

    observables = ["x"]
    environments = ["alone"]

    def initial(self, extent, condition, rng):
        return np.zeros(extent.shape, np.int8)

    def observe(self, state):
        return state.mean()

    def patches(self, state):
        return state.reshape(-1, self.small.size).mean(axis=1)[:, np.newaxis]

    def evolve(self, state, patch, environment, duration, condition, rng):
        after = state.copy()
        after.reshape(-1, self.small.size)[patch] += 1
        return after, 7


class Bytes(latticelift.System):
    """A simulator whose states are bytes of changing length: a birth process."""

    observables = ["length"]
    dtype = "bytes"
    snapshots = 2

    def shape(self, size):
        return (100 * size,)

    def initial(self, extent, condition, rng):
        return b"x" * extent.size

    def advance(self, state, duration, condition, rng):
        return state + b"y" * 3, 3, duration.time

    def observe(self, state):
        return len(state)

    def upsample(self, snapshots, condition, rng):
        return b"".join(snapshots) * 2


class SystemTest(unittest.TestCase):
    def test_the_description_says_what_is_overridden(self):
        hello = Fake(model("ising")(), {}).hello
        self.assertEqual(set(hello["capabilities"]), {"patches", "frozen", "relax", "keep", "conditions"})
        self.assertEqual(hello["environments"], ["buffer", "ghost", "whole"])
        self.assertEqual(hello["large"], {"shape": [64, 64], "sites": 4096, "name": "64 x 64", "patches": 16})
        self.assertEqual((hello["time_step"], hello["state"]["type"]), (1.0, "int8"))
        hello = Fake(Clock(), {}).hello
        self.assertEqual((hello["capabilities"], hello["environments"]), (["patches", "keep", "conditions"], ["whole"]))
        hello = Fake(Bytes(), {}).hello
        self.assertEqual((hello["capabilities"], hello["environments"]), (["upsample", "conditions"], []))
        self.assertEqual(Fake(Majority(), {}).hello["observables"][1], {"name": "product", "unit": "eV"})

    def test_time_and_events(self):
        fake = Fake(Clock(), {})
        state = fake.state("small", time=0.0)
        for duration, extent, events in (({"events": 7}, "small", 7), ({"time": 0.5}, "small", 128)):
            reply, out = fake.ask("advance", {"state": state.copy()}, extent=extent, seed=SEED, duration=duration)
            self.assertAlmostEqual(reply["events"], events, delta=0 if "events" in duration else 40)
            self.assertEqual(reply["events"] % 2, out["state"].sum() % 2)
            self.assertEqual(reply["time"] == 0.5, "time" in duration)
        fake.ask("patches", {"state": fake.state(time=0.0)}, environment="whole")
        reply, _ = fake.ask("evolve_all", duration={"events": 5}, seed=SEED, drift=False, keep=False)
        self.assertEqual(reply["events"], 5 * 16)
        fake = Fake(Majority(), {})
        reply, _ = fake.ask("advance", {"state": fake.state("small")}, extent="small", seed=SEED, duration={"time": 4.4})
        self.assertEqual((reply["events"], reply["time"]), (4, 4.0))
        state = Fake(Clock(), {}).state("small", time=0.0)
        methods = {"advance": lambda self, array, duration, condition, rng: (array, 1, duration.time)}
        fake = Fake(type("Endless", (Clock,), methods)(), {})
        fake.wrong = True
        with contextlib.redirect_stderr(io.StringIO()):
            reply, _ = fake.ask("advance", {"state": state}, extent="small", seed=SEED, duration={"events": 4})
        self.assertEqual(reply["error"], "ValueError: advance returns a time of inf: what 4 events have taken")
        with self.assertRaisesRegex(ValueError, "a time of 0.5 is less than a step of 1"):
            latticelift.Duration(time=0.5, time_step=1.0).steps

    def test_events_are_those_of_the_patch(self):
        fake = Fake(FrozenClock(), {})
        state = fake.ask("initial", extent="large", seed=SEED)[1]["state"]
        fake.ask("patches", {"state": state}, environment="buffer")
        reply, out = fake.ask("evolve", duration={"events": 10}, patch=1, seed=SEED, drift=False, keep=True)
        self.assertEqual(reply["events"], 10)
        self.assertEqual(reply["time"], 23 / 24**2)  # 10 in 16 x 16 sites are 23 in those that move
        self.assertIn(out["state"].sum(), (23, 21))

    def test_a_system_of_its_own_has_its_own_patches(self):
        fake = Fake(Blocks(), {})
        self.assertEqual(fake.hello["environments"], ["alone", "whole"])
        state = fake.ask("initial", extent="large", seed=SEED)[1]["state"]
        fake.ask("patches", {"state": state}, environment="alone")
        reply, out = fake.ask("evolve", duration={"time": 2.0}, patch=3, seed=SEED, drift=False, keep=True)
        self.assertEqual((reply["events"], reply["time"], out["increments"].tolist()), (7, 2.0, [1.0]))
        self.assertEqual(out["state"][48:].tolist(), [1] * 16)

    def test_bytes_have_any_length(self):
        fake = Fake(Bytes(), {})
        state = fake.state("small")
        self.assertEqual((state.dtype, len(state)), (np.dtype("uint8"), 19))
        self.assertEqual(fake.ask("observe", {"state": state}, extent="small")[1]["observables"].tolist(), [19.0])
        snapshots = np.zeros((2, 1600), np.uint8)
        snapshots[:, :19] = state
        out = fake.ask("upsample", {"snapshots": snapshots, "lengths": np.array([19, 3])}, seed=SEED)[1]
        self.assertEqual(bytes(out["state"]), (bytes(state) + bytes(state)[:3]) * 2)

    def test_observables_are_numbers_of_any_type(self):
        state = Fake(Majority(), {}).state()
        for of in np.float32, object, float, np.int32, lambda a: a.tolist():
            convert = (lambda x, to=of: x.astype(to)) if isinstance(of, type) else of
            methods = {"observe": lambda self, array, to=convert: [to(x) for x in Majority.observe(self, array)]}
            fake = Fake(type("Typed", (Majority,), methods)(), {})
            seen = fake.ask("observe", {"state": state}, extent="large")[1]["observables"]
            np.testing.assert_array_equal(seen, Fake(Majority(), {}).ask("observe", {"state": state}, extent="large")[1]["observables"])
            fake.ask("patches", {"state": state}, environment="buffer")
            out = fake.ask("evolve", duration={"time": 2.0}, patch=1, seed=SEED, drift=False, keep=False)[1]
            self.assertEqual((out["increments"].dtype, out["increments"].shape), (np.dtype(float), (2,)))

    def test_a_mistake_is_one_line(self):
        def broken(**methods):
            fake = Fake(type("Broken", (Majority,), methods)(), {})
            fake.wrong = True
            with contextlib.redirect_stderr(io.StringIO()):
                return fake.ask("initial", extent="small", seed=SEED)[0].get("error"), fake

        with mock.patch.object(sys.modules["__main__"], "__file__", __file__, create=True):
            error, _ = broken(initial=lambda self, extent, condition, rng: condition["missing"])
            self.assertRegex(error, r"^KeyError: 'missing' \(test_worker.py:\d+\)$")
            error, _ = broken(initial=lambda self, extent, condition, rng: np.linalg.inv(np.zeros((2, 2))))
            self.assertRegex(error, r"^LinAlgError: Singular matrix \(test_worker.py:\d+\)$")
        error, _ = broken(initial=lambda self, extent, condition, rng: None)
        self.assertEqual(error, "ValueError: a small state that is None: return it")
        error, _ = broken(initial=lambda self, extent, condition, rng: np.zeros((3, 3)))
        self.assertRegex(error, r"a small state of shape \(3, 3\): \(16, 16\)")
        error, _ = broken(initial=lambda self, extent, condition, rng: np.full(extent.shape, 0.5))
        self.assertIn("values that are none of int8", error)
        _, fake = broken(observe=lambda self, array: array[0])
        with contextlib.redirect_stderr(io.StringIO()):
            state = np.zeros((16, 16), np.int8)
            self.assertIn("observe returns", fake.ask("observe", {"state": state}, extent="small")[0]["error"])
            for seen, error in (
                (lambda self, array: (array, array * np.nan), "ValueError: not finite: product"),
                (lambda self, array: (array, array * 1j), "complex numbers"),
                (lambda self, array: None, "observe returns arrays of shapes [()]: 2 of"),
            ):
                _, other = broken(observe=seen)
                self.assertIn(error, other.ask("observe", {"state": state}, extent="small")[0]["error"])
            hello = {"protocol": 1, "small": 16, "large": 40, "parameters": {}}
            self.assertIn("multiple", fake.ask("hello", **hello)[0]["error"])
            hello.update(large=64, parameters={"unknown": 1})
            self.assertIn("unknown", fake.ask("hello", **hello)[0]["error"])
            self.assertIn("version 1", fake.ask("hello", **{**hello, "protocol": 2})[0]["error"])
            self.assertIn("no request", fake.ask("sing")[0]["error"])
            with self.assertRaisesRegex(AssertionError, "lists of names, such as \\['ones'\\]"):
                broken(observables=("ones"))


class ProcessTest(unittest.TestCase):
    def test_a_process_answers_until_the_stream_ends(self):
        with tempfile.TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX) as server:
            server.bind(folder + "/w")
            server.listen()
            environment = {**os.environ, "PYTHONPATH": str(ROOT / "io/python"), worker.SOCKET: folder + "/w"}
            for goodbye in True, False:
                process = subprocess.Popen([sys.executable, "-B", "voter.py"], cwd=MODELS, env=environment)
                channel, _ = server.accept()
                stream = channel.makefile("rb")
                keys = {"protocol": 1, "small": 16, "large": 32, "conditions": [CONDITIONS["voter"]], "parameters": {}}
                worker.write_frame(channel, {"call": "hello", "id": 1, **keys}, {})
                header, arrays = worker.read_frame(stream)
                self.assertEqual((header["id"], header["name"], arrays), (1, "noisy voters on a square lattice", {}))
                state = np.arange(256, dtype=np.int8).reshape(16, 16) % 2
                keys = {"extent": "small", "condition": CONDITIONS["voter"], "duration": {"time": 1}, "seed": SEED}
                frozen = np.ones((16, 16), np.uint8)
                worker.write_frame(channel, {"call": "advance", "id": 2, **keys}, {"state": state, "frozen": frozen})
                header, arrays = worker.read_frame(stream)
                self.assertEqual((header["events"], header["time"]), (4, 1.0))
                self.assertTrue(np.array_equal(arrays["state"], state))
                if goodbye:
                    worker.write_frame(channel, {"call": "goodbye", "id": 3}, {})
                channel.shutdown(socket.SHUT_WR)
                self.assertEqual(process.wait(10), 0)
                stream.close()
                channel.close()

    def test_what_it_starts_can_be_terminated(self):
        with tempfile.TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX) as server:
            (Path(folder) / "model.py").write_text(
                "import multiprocessing, os, signal, subprocess, time\nimport latticelift, numpy\n"
                "class M(latticelift.System):\n    observables, dtype = ['x'], 'int8'\n"
                "    def setup(self, small, large, parameters):\n        super().setup(small, large, parameters)\n"
                "        for number in 1, 2, 10, 12, 15:\n            os.kill(os.getpid(), number)\n"
                "        for number in 1, 2, 10, 12, 15:\n            child = subprocess.Popen(['sleep', '100'])\n"
                "            time.sleep(0.05)\n            child.send_signal(number)\n            assert child.wait(10) == -number\n"
                "        fork = multiprocessing.get_context('fork').Process(target=time.sleep, args=(100,))\n"
                "        fork.start()\n        time.sleep(0.05)\n        fork.terminate()\n        fork.join(10)\n"
                "        assert fork.exitcode == -15\n"
                "latticelift.serve(M)\n"
            )
            server.bind(folder + "/w")
            server.listen()
            environment = {**os.environ, "PYTHONPATH": str(ROOT / "io/python"), worker.SOCKET: folder + "/w"}
            words = ["sh", "-c", "trap '' HUP INT TERM USR1 USR2; exec \"$0\" \"$@\"", sys.executable, "-B", "model.py"]
            process = subprocess.Popen(words, cwd=folder, env=environment)
            channel, _ = server.accept()
            keys = {"protocol": 1, "small": 16, "large": 32, "conditions": [], "parameters": {}}
            worker.write_frame(channel, {"call": "hello", "id": 1, **keys}, {})
            with channel, channel.makefile("rb") as stream:
                self.assertNotIn("error", worker.read_frame(stream)[0])
            self.assertEqual(process.wait(10), 0)

    def test_its_files_are_those_of_its_folder(self):
        with tempfile.TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX) as server:
            home = Path(folder).resolve() / "mine"
            (home / "site-packages").mkdir(parents=True)
            for name in "helper.py", "unused.py", "site-packages/bought.py", "../elsewhere.py", "table.txt":
                (home / name).write_text("\n")
            (home / "model.py").write_text(
                "import sys\nsys.path += ['site-packages', '..']\nimport bought, elsewhere, helper, numpy\nimport latticelift\n"
                "class M(latticelift.System):\n    observables, files = ['x'], ['table.txt']\n    mirror = numpy.array([-1])\n"
                "latticelift.serve(M)\n"
            )
            server.bind(folder + "/w")
            server.listen()
            environment = {**os.environ, "PYTHONPATH": str(ROOT / "io/python"), worker.SOCKET: folder + "/w"}
            process = subprocess.Popen([sys.executable, "-B", "model.py"], cwd=home, env=environment)
            channel, _ = server.accept()
            keys = {"protocol": 1, "small": 16, "large": 32, "conditions": [], "parameters": {}}
            worker.write_frame(channel, {"call": "hello", "id": 1, **keys}, {})
            with channel, channel.makefile("rb") as stream:
                files = worker.read_frame(stream)[0]["files"]
            self.assertEqual(process.wait(10), 0)
            self.assertEqual(files, [str(home / name) for name in ("helper.py", "model.py", "table.txt")])

    def test_by_hand_it_says_what_it_is(self):
        environment = {key: value for key, value in os.environ.items() if key != worker.SOCKET}
        environment["PYTHONPATH"] = str(ROOT / "io/python")
        made = subprocess.run([sys.executable, "-B", str(MODELS / "voter.py")], env=environment, stderr=subprocess.PIPE, text=True)
        self.assertEqual(made.returncode, 1)
        self.assertRegex(made.stderr, r"^voter.py is a worker, .*external.command.*\n$")


class ProgramTest(unittest.TestCase):
    """The program is a script here that shows what it is given."""

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.home = Path(self.folder.name)
        script = self.home / "latticelift"
        script.write_text(
            '#!/bin/sh\nwords="$*"; printf "<%s>" "$@"; echo; while [ "$1" != --out ]; do shift; done; mkdir -p "$2"\n'
            'case "$words" in *fail*) echo "the last line" >&2; exit 65;; esac\n'
        )
        script.chmod(0o755)
        self.before = dict(os.environ)
        os.environ["LATTICELIFT_HOME"] = self.folder.name
        self.here = os.getcwd()
        os.chdir(self.folder.name)

    def tearDown(self):
        os.chdir(self.here)
        os.environ.clear()
        os.environ.update(self.before)
        self.folder.cleanup()

    def run_said(self, *arguments, **options):
        with contextlib.redirect_stdout(io.StringIO()) as said:
            run = latticelift.run(*arguments, **options)
        return run, said.getvalue()

    def test_options_reach_the_program(self):
        run, said = self.run_said("a.yaml", "out", ranks=2, seed=3, set={"train.epochs": 2, "a": [1.5]}, resume=True, quiet=True)
        self.assertEqual(run.folder, "out")
        self.assertEqual(
            said, "<--np><2><run><a.yaml><--out><out><--quiet><--resume><--seed><3><--set><train.epochs=2><--set><a=[1.5]>\n"
        )
        _, said = self.run_said({"system": "external"}, "out", command="simulate")
        self.assertRegex(said, r"^<simulate><\S+/latticelift-\w+.yaml><--out><out>\n$")
        self.assertEqual(sorted(os.listdir(".")), ["latticelift", "out"])

    def test_an_error_is_its_last_line(self):
        with self.assertRaisesRegex(latticelift.ProgramError, "^the last line$") as caught:
            self.run_said("fail.yaml", "out")
        self.assertEqual(caught.exception.code, 65)

    def test_without_the_program_it_says_what_to_set(self):
        os.environ["LATTICELIFT_HOME"] = "/nowhere"
        with self.assertRaisesRegex(FileNotFoundError, "LATTICELIFT_HOME .*/nowhere"):
            latticelift.run("a.yaml", "out")
        del os.environ["LATTICELIFT_HOME"]
        os.environ["PATH"] = self.folder.name + os.pathsep + os.defpath
        self.run_said("a.yaml", "out")
        os.environ["PATH"] = "/nowhere"
        with self.assertRaisesRegex(FileNotFoundError, "in PATH: set LATTICELIFT_HOME"):
            latticelift.run("a.yaml", "out")


@unittest.skipUnless(importlib.util.find_spec("h5py"), "h5py is not installed")
class SamplesTest(unittest.TestCase):
    def test_a_number_stands_for_all_rows(self):
        import h5py

        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "s.h5")
            latticelift.write_samples(path, "noise", ["a", "b"], condition=0.2, dt=0.5, z0=np.ones((3, 2)), z1=np.zeros((3, 2)))
            with h5py.File(path) as file:
                self.assertEqual((file["condition"][:].tolist(), file["dt"][:].tolist()), ([0.2] * 3, [0.5] * 3))
                self.assertEqual((file["z0"].shape, file.attrs["parameter_name"]), ((3, 2), "noise"))
            with self.assertRaisesRegex(ValueError, "different lengths"):
                latticelift.write_samples(path, "noise", ["a"], condition=0.2, dt=[1, 2], z0=[1, 2, 3])
            with self.assertRaisesRegex(TypeError, "a list of names"):
                latticelift.write_samples(path, "noise", "ab", condition=0.2, dt=0.5, z0=np.ones((3, 2)))


class ImportTest(unittest.TestCase):
    def test_import_needs_numpy_alone(self):
        program = (
            "import sys, numpy, latticelift;"
            "print({'h5py', 'xarray', 'matplotlib', 'ase', 'pandas', 'multiprocessing'} & set(sys.modules))"
        )
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "io/python")}
        made = subprocess.run([sys.executable, "-c", program], env=environment, stdout=subprocess.PIPE, text=True, check=True)
        self.assertEqual(made.stdout.strip(), "set()")


if __name__ == "__main__":
    warnings.simplefilter("error")
    unittest.main()
