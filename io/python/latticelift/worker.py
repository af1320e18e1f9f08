"""Answers the program's requests over its socket: the protocol of workers, version 1."""
from __future__ import annotations

import json
import os
import signal
import socket
import struct
import sys
import threading
import traceback
from typing import Any, Dict, List, Mapping, Optional, Sequence, Tuple, Union

import numpy as np

from .system import Duration, State, System, is_own, real

SOCKET = "LATTICELIFT_WORKER_SOCKET"
HEAD = struct.Struct("<4sIQ")
LETTERS = b"LLW1"
DEAF_TO = (signal.SIGHUP, signal.SIGINT, signal.SIGTERM, signal.SIGUSR1, signal.SIGUSR2)
Arrays = Dict[str, np.ndarray]


def read_frame(stream: Any) -> Optional[Tuple[Dict[str, Any], Arrays]]:
    """A header and its arrays; None at the end of the stream."""
    head = stream.read(HEAD.size)
    if len(head) < HEAD.size:
        return None
    letters, header_bytes, body_bytes = HEAD.unpack(head)
    if letters != LETTERS:
        raise ConnectionError("no frame of this protocol: it begins with %r" % letters)
    header = json.loads(stream.read(header_bytes))
    body = bytearray(stream.read(body_bytes))
    arrays, at = {}, 0
    for each in header.get("arrays", []):
        dtype = np.dtype(each["type"]).newbyteorder("<")
        count = int(np.prod(each["shape"], dtype=np.int64))
        arrays[each["name"]] = np.frombuffer(body, dtype, count, at).reshape(each["shape"])
        at += count * dtype.itemsize
    return header, arrays


def write_frame(stream: socket.socket, header: Mapping[str, Any], arrays: Mapping[str, np.ndarray]) -> None:
    """Sends a header and its arrays."""
    parts = []
    listed = []
    for name, array in arrays.items():
        listed.append({"name": name, "type": array.dtype.name, "shape": list(array.shape)})
        parts.append(np.ascontiguousarray(array, array.dtype.newbyteorder("<")).tobytes())
    text = json.dumps({**header, "arrays": listed}, allow_nan=False, default=lambda of_numpy: of_numpy.tolist()).encode()
    stream.sendall(b"".join([HEAD.pack(LETTERS, len(text), sum(map(len, parts))), text, *parts]))


class Worker:
    """A system that answers requests. It keeps one thing from one to the next: the large state that `patches` opened."""

    def __init__(self, system: System):
        self.system = system
        self.kept: State = b""
        self.environment = ""

    def answer(self, header: Mapping[str, Any], arrays: Arrays) -> Tuple[Dict[str, Any], Arrays]:
        """Header and arrays of the reply; what a user's simulator raises becomes an error of one line."""
        try:
            call = getattr(self, "on_" + header["call"], None)
            if call is None:
                raise ValueError("no request %s" % header["call"])
            keys, reply = call(header, arrays)
        except Exception as error:
            traceback.print_exc()
            text = "%s: %s" % (type(error).__name__, error)
            own = [each for each in traceback.extract_tb(error.__traceback__) if is_own(each.filename)]
            if own:
                text += " (%s:%s)" % (os.path.basename(own[-1].filename), own[-1].lineno)
            keys, reply = {"error": " ".join(text.split())}, {}
        return {"id": header["id"], **keys}, reply

    def state(self, given: Any, extent: str) -> np.ndarray:
        """A state as it is sent, checked against the description."""
        shape = getattr(self.system, extent).shape
        if given is None:
            raise ValueError("a %s state that is None: return it" % extent)
        if self.system.dtype == "bytes":
            sent = np.frombuffer(bytes(given), np.uint8)
            if len(sent) > shape[0]:
                raise ValueError("a state of %d bytes: at most %d" % (len(sent), shape[0]))
            return sent
        array = np.asarray(given)
        sent = array.astype(self.system.dtype, copy=False)
        if array.shape != shape:
            raise ValueError("a %s state of shape %s: %s" % (extent, array.shape, shape))
        if sent.dtype != array.dtype and not np.array_equal(sent, array):
            raise ValueError("a state of type %s with values that are none of %s" % (array.dtype, self.system.dtype))
        if sent.dtype.kind == "f" and not np.isfinite(sent).all():
            raise ValueError("a state with numbers that are not finite")
        return sent

    def given(self, array: np.ndarray) -> State:
        return array.tobytes() if self.system.dtype == "bytes" else array

    def numbers(self, given: Any, *shape: int) -> np.ndarray:
        """Observables or increments as they are sent."""
        array = np.asarray(real(given), float).reshape(np.shape(given) or (1,))
        if array.shape != shape:
            raise ValueError("numbers of shape %s: %s, one for each observable" % (array.shape, shape))
        finite = np.isfinite(array).reshape(-1, self.count).all(axis=0)
        if not finite.all():
            raise ValueError("not finite: %s" % ", ".join(np.array(list(self.system.units()))[~finite]))
        return array

    def duration(self, header: Mapping[str, Any]) -> Duration:
        return Duration(**header["duration"], time_step=self.system.time_step)

    @property
    def count(self) -> int:
        return len(self.system.units())

    # One method for each request.

    def on_hello(self, header: Mapping[str, Any], arrays: Arrays) -> Any:
        if header["protocol"] != 1:
            raise ValueError("protocol %s: this package speaks version 1" % header["protocol"])
        self.system.setup(header["small"], header["large"], header.get("parameters", {}))
        return self.system.describe(), {}

    def on_initial(self, header: Mapping[str, Any], arrays: Arrays) -> Any:
        extent = getattr(self.system, header["extent"])
        state = self.system.initial(extent, header["condition"], random(header["seed"]))
        return {}, {"state": self.state(state, extent.name)}

    def on_advance(self, header: Mapping[str, Any], arrays: Arrays) -> Any:
        duration = self.duration(header)
        more: Arrays = {"frozen": arrays["frozen"].astype(bool)} if "frozen" in arrays else {}
        state = self.given(arrays["state"])
        made = self.system.advance(state, duration, header["condition"], random(header["seed"]), **more)
        after, events, time = self.system.advanced(made, duration)
        return {"events": events, "time": time}, {"state": self.state(after, header["extent"])}

    def on_observe(self, header: Mapping[str, Any], arrays: Arrays) -> Any:
        return {}, {"observables": self.numbers(self.system.means(self.given(arrays["state"])), self.count)}

    def on_patches(self, header: Mapping[str, Any], arrays: Arrays) -> Any:
        self.kept, self.environment = self.given(arrays["state"]), header["environment"]
        patches = self.system.large.patches
        return {"count": patches}, {"observables": self.numbers(self.system.patches(self.kept), patches, self.count)}

    def on_evolve(self, header: Mapping[str, Any], arrays: Arrays) -> Any:
        made = self.system.evolve_patch(
            self.kept, header["patch"], self.environment, self.duration(header), header["condition"], random(header["seed"]),
            header["keep"],
        )
        reply = {"increments": self.numbers(made.increment, self.count)}
        if made.state is not None and made.frozen is not None:
            reply["state"], reply["frozen"] = self.state(made.state, "large"), made.frozen
        return {"events": made.events, "time": made.time}, reply

    def on_evolve_all(self, header: Mapping[str, Any], arrays: Arrays) -> Any:
        duration, patches = self.duration(header), self.system.large.patches
        if not self.system.time_step > 0:
            duration = duration._replace(events=duration.events * patches)
        state = self.kept if isinstance(self.kept, bytes) else self.kept.copy()
        made = self.system.advance(state, duration, header["condition"], random(header["seed"]))
        after, events, time = self.system.advanced(made, duration)
        change = self.system.patches(after) - self.system.patches(self.kept)
        reply = {"increments": self.numbers(change, patches, self.count)}
        if header["keep"]:
            reply["state"] = self.state(after, "large")
        return {"events": events, "time": time}, reply

    def on_upsample(self, header: Mapping[str, Any], arrays: Arrays) -> Any:
        snapshots: Sequence[State] = list(arrays["snapshots"])
        if self.system.dtype == "bytes":
            snapshots = [each[:length].tobytes() for each, length in zip(arrays["snapshots"], arrays["lengths"])]
        state = self.system.upsample(snapshots, header["condition"], random(header["seed"]))
        return {}, {"state": self.state(state, "large")}

    def on_relax(self, header: Mapping[str, Any], arrays: Arrays) -> Any:
        state = self.system.relax(self.given(arrays["state"]), header["condition"], random(header["seed"]))
        return {}, {"state": self.state(state, "large")}


def random(seed: List[int]) -> np.random.Generator:
    """The generator of a request."""
    return np.random.default_rng(seed)


def stay_deaf() -> None:
    """Lets signals that queues send to all processes of a job pass, but not for what this process starts.

    The program starts a worker with these signals ignored. That would be inherited by children, which nobody could then
    terminate; a handler is not.
    """
    if threading.current_thread() is not threading.main_thread():
        return
    for number in DEAF_TO:
        signal.signal(number, lambda number, frame: None)
    os.register_at_fork(after_in_child=hear)


def hear() -> None:
    """The usual effect of these signals, in a process that was forked."""
    for number in DEAF_TO:
        signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)


def serve(system: Union[System, type]) -> None:
    """Makes this process a worker: answers the program until it says goodbye. The last line of a simulator's file."""
    path = os.environ.get(SOCKET)
    if not path:
        sys.exit(
            "%s is a worker, which the program starts: name it in a configuration (system: external, external.command) and "
            "start `latticelift run`" % os.path.basename(sys.argv[0])
        )
    stay_deaf()
    worker = Worker(system() if isinstance(system, type) else system)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as channel:
        channel.connect(path)
        with channel.makefile("rb", buffering=1 << 16) as stream:
            while True:
                frame = read_frame(stream)
                if frame is None or frame[0]["call"] == "goodbye":
                    return
                write_frame(channel, *worker.answer(*frame))
