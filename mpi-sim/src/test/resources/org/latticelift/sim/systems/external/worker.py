"""A walker on a ring that counts its steps, and misbehaves in the way that its first argument says.

A second argument names a file: where it exists already, the worker behaves. Behind -- stands a file that it depends on.
"""

import json
import os
import random
import socket
import struct
import subprocess
import sys
import time

way = sys.argv[1]
files = sys.argv[3:] if sys.argv[2:3] == ["--"] else []
if files:
    del sys.argv[2:]
if way != "every other" and len(sys.argv) > 2 and os.path.exists(sys.argv[2]):
    way = "good"
elif way != "every other" and len(sys.argv) > 2:
    open(sys.argv[2], "w").write(str(os.getpid()))
print("prints are free", flush=True)
if way == "no module":
    import no_such_module  # noqa: F401
if way == "mute":
    time.sleep(1000)
link = socket.socket(socket.AF_UNIX)
link.connect(os.environ["LATTICELIFT_WORKER_SOCKET"])


def read(count):
    data = b""
    while len(data) < count:
        more = link.recv(count - len(data))
        if not more:
            sys.exit(0)
        data += more
    return data


def send(header, *arrays):
    header["arrays"] = [{"name": n, "type": t, "shape": s} for n, t, s, _ in arrays]
    text = json.dumps(header).encode()
    body = b"".join(array[3] for array in arrays)
    link.sendall(b"LLW1" + struct.pack("<IQ", len(text), len(body)) + text + body)


def doubles(name, *values):
    return name, "float64", [len(values)], struct.pack("<%dd" % len(values), *values)


def state(value):
    if way == "bytes":
        text = str(value).encode()
        return "state", "uint8", [len(text)], text
    return "state", "int64", [1], struct.pack("<q", value)


def place_of(data):
    return int(data) if way == "bytes" else struct.unpack("<q", data)[0]


while True:
    _, length, size = struct.unpack("<4sIQ", read(16))
    request = json.loads(read(length))
    body = read(size)
    reply = {"id": request["id"]}
    call = request["call"]
    if call == "goodbye":
        sys.exit(0)
    if call == "hello":
        reply.update(
            protocol=2 if way == "version" else 1,
            name="a walker",
            observables=[{"name": "place"}, {"name": "other"}],
            relations=[{"weights": {"place": 1, "other": 1}, "constant": 1}],
            state={"type": "bytes" if way == "bytes" else "int64"},
            small={"shape": [8 if way == "bytes" else 1]},
            large={"shape": [32 if way == "bytes" else 1], "patches": 4 if way == "bytes" else 1},
            time_step=1,
            files=files,
        )
        if way == "array":
            reply.update(state={"type": "uint8"}, small={"shape": [2, 3]}, large={"shape": [4, 9], "patches": 6})
        if way in ("patches", "driftless"):
            reply.update(capabilities=["patches", "drift"], environments=["alone", "whole"])
        if way == "mirror":
            reply["mirror"] = [1, 0.5]
        if way == "start":
            reply["start"] = [1, 1]
        if way == "indescribable":
            del reply["observables"]
        if way == "refuses":
            reply = {"id": request["id"], "error": "no such lattice"}
        if way == "refuses with an object":
            reply = {"id": request["id"], "error": {"code": 7}}
        if way == "refuses with null":
            reply = {"id": request["id"], "error": None}
        if way == "refuses at length":
            reply = {"id": request["id"], "error": "x" * 10000000}
        send(reply)
    elif call == "initial":
        send(reply, state(0))
    elif call == "observe":
        place = place_of(body) / 100
        send(reply, doubles("observables", place, (2 if way == "rule" else 1) - place))
    elif call == "advance":
        if way == "dies":
            sys.exit("division by cucumber")
        if way == "every other":
            with open(sys.argv[2], "a") as count:
                count.write(".")
                if count.tell() % 2 == 0:
                    sys.exit("every other request")
        if way in ("huge", "large"):
            size = 1 << 31 if way == "huge" else 1 << 25
            text = json.dumps({"id": request["id"], "arrays": [{"name": "state", "type": "int8", "shape": [size]}]}).encode()
            link.sendall(b"LLW1" + struct.pack("<IQ", len(text), size) + text)
            time.sleep(1000)
        if way == "long number":
            reply.update(events="7" * 1000000, time=10)
            send(reply, state(0))
            continue
        if way == "dots":
            sys.stderr.write(500 * 4000 * "." + "end")
            sys.exit(3)
        if way == "hangs":
            child = subprocess.Popen(["sleep", "1000"])
            open(sys.argv[3], "w").write("%d %d" % (os.getpid(), child.pid)) if len(sys.argv) > 3 else None
            time.sleep(1000)
        if way == "garbage":
            link.sendall(b"Traceback (most recent call last)")
        if way == "id":
            reply["id"] += 1
        if way == "error":
            send({"id": request["id"], "error": "too hot"})
            continue
        if way == "closes":
            link.close()
            time.sleep(1000)
        steps = int(request["duration"].get("events", request["duration"].get("time")))
        draw = random.Random(repr(request["seed"]))
        place = place_of(body) + sum(draw.choice((-1, 1)) for _ in range(steps))
        reply.update(events=steps, time=steps + (5 if way == "time" else 0))
        if way == "shape":
            send(reply, ("state", "int64", [2], struct.pack("<2q", place, 0)))
        elif way == "type":
            send(reply, ("state", "float64", [1], struct.pack("<d", place)))
        elif way == "nothing":
            send({"id": request["id"]})
        elif way == "not finite":
            reply["events"] = float("nan")
            send(reply, state(place))
        else:
            send(reply, state(place))
    elif call == "patches":
        kept = place_of(body)
        reply["count"] = 1
        send(reply, ("observables", "float64", [1, 2], struct.pack("<2d", kept / 100, 1 - kept / 100)))
    elif call in ("evolve", "evolve_all"):
        steps = int(request["duration"]["events"])
        drift = [doubles("drift", 0.25, -0.25)] if request["drift"] and way != "driftless" else []
        name, kind, shape, data = doubles("increments", kept + steps, -kept - steps)
        reply.update(events=steps, time=steps, blocked=0.5)
        send(reply, (name, kind, [1, 2] if call == "evolve_all" else shape, data), *drift)
    else:
        send({"id": request["id"], "error": "no request " + call})
