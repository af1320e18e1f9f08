"""What a simulator says of itself, and what the program asks it for."""
from __future__ import annotations

import math
import os
import sys
from typing import Any, Dict, List, Mapping, NamedTuple, Optional, Sequence, Tuple, Union

import numpy as np

Condition = Mapping[str, float]
State = Any  # an array, or bytes where `dtype` is "bytes"


class Extent(NamedTuple):
    """One of the two systems: which, its number in section `lattice`, its states, and how many patches it has."""

    name: str  #: "small" or "large"
    size: int  #: `lattice.small` or `lattice.large`
    shape: Tuple[int, ...]  #: of the array of a state; of opaque bytes their largest number
    sites: int
    patches: int


class Duration(NamedTuple):
    """How long to go on: for a time, or a number of events; the other one is infinite."""

    time: float = math.inf
    events: float = math.inf
    time_step: float = 0.0

    @property
    def steps(self) -> int:
        """Number of steps, of a system with a `time_step`; a step is an event."""
        if not self.time_step > 0:
            raise ValueError("no steps without a time_step of the system: use duration.time and duration.events")
        if math.isfinite(self.events):
            return int(self.events)
        steps = round(self.time / self.time_step)
        if steps == 0 < self.time:
            raise ValueError("a time of %g is less than a step of %g: longer durations, or fewer records" % (self.time, self.time_step))
        return steps


class Advanced(NamedTuple):
    """A state after an evolution, the number of events in it, and the time it took."""

    state: State
    events: int
    time: float


class Evolved(NamedTuple):
    """A patch after an evolution: its increment, and if asked for the large state with what stood still in it."""

    increment: np.ndarray
    events: int
    time: float
    state: Optional[State] = None
    frozen: Optional[np.ndarray] = None


def real(given: Any) -> np.ndarray:
    """An array of numbers; numpy would leave out imaginary parts of complex ones."""
    array = np.asarray(given)
    if array.dtype.kind == "c":
        raise ValueError("complex numbers: observables are real")
    return array


def is_own(file: str) -> bool:
    """Whether a file belongs to the simulator: below the folder of the script, and not installed."""
    script = getattr(sys.modules["__main__"], "__file__", None)
    if not script:
        return False
    home, python = os.path.dirname(os.path.realpath(script)), os.path.dirname(os.path.realpath(os.__file__))
    file = os.path.realpath(file)
    installed = file.startswith(python + os.sep) or "site-packages" in file or "dist-packages" in file
    return file.startswith(home + os.sep) and not installed


def sources() -> List[str]:
    """Files of the modules of the simulator that are loaded."""
    files = {getattr(module, "__file__", None) for module in list(sys.modules.values())}
    return sorted({os.path.realpath(file) for file in files if file and os.path.isfile(file) and is_own(file)})


class System:
    """A simulator. Override `initial`, `advance` and `observe`, and what else the system can do.

    The same arguments must give the same result, in every process: all randomness comes from `rng`.
    """

    name: str = ""  #: what is simulated, a few words
    observables: Union[Sequence[str], Mapping[str, str]] = ()  #: names, or names with units
    dtype: str = "int8"  #: of states: int8, uint8, int16 ... float64, or "bytes"
    state_name: str = "state"
    axes: Sequence[str] = ()
    time_unit: str = "1"  #: or "s"
    time_step: float = 0.0  #: where time goes in equal steps
    parameters: Dict[str, Any] = {}  #: those of `external.parameters`, with their defaults
    environments: Sequence[str] = ()  #: words that `evolve` knows, the best first
    snapshots: int = 1  #: how many small states `upsample` takes
    relations: Sequence[Mapping[str, Any]] = ()  #: sum rules of the observables
    mirror: Sequence[int] = ()  #: for each observable 1, or -1 if it changes sign in an equally probable mirror image
    start: Sequence[float] = ()  #: mean observables of initial states of the large system
    costs: Mapping[str, float] = {}  #: event_seconds, event_time
    files: Sequence[str] = ()  #: what else is read, such as tables: a run whose files were edited does not go on
    explanation: Sequence[str] = ()
    caveats: Sequence[str] = ()

    small: Extent
    large: Extent

    def setup(self, small: int, large: int, parameters: Mapping[str, Any]) -> None:
        """Takes the numbers of section `lattice` and `external.parameters`; called once, before all else."""
        unknown = sorted(set(parameters) - set(self.parameters))
        if unknown:
            raise ValueError("external.parameters %s: allowed are %s" % (unknown, sorted(self.parameters)))
        self.parameters = {**self.parameters, **parameters}
        shapes = [tuple(self.shape(size)) for size in (small, large)]
        sites = [int(np.prod(shape)) for shape in shapes]
        if sites[1] % sites[0]:
            raise ValueError("lattice: %d sites are no multiple of %d" % (sites[1], sites[0]))
        self.small = Extent("small", small, shapes[0], sites[0], 1)
        self.large = Extent("large", large, shapes[1], sites[1], sites[1] // sites[0])

    def shape(self, size: int) -> Tuple[int, ...]:
        """Shape of a state of the system of this size; of bytes the largest number of them."""
        return (size,)

    # What every system has.

    def initial(self, extent: Extent, condition: Condition, rng: np.random.Generator) -> State:
        """An initial state."""
        raise NotImplementedError("initial(extent, condition, rng) of %s" % type(self).__name__)

    def advance(self, state: State, duration: Duration, condition: Condition, rng: np.random.Generator) -> Any:
        """The state after a duration; it may be changed in place. With a `time_step` the state alone is enough, else
        it is (state, events) or, as a duration in events needs it, (state, events, time)."""
        raise NotImplementedError("advance(state, duration, condition, rng) of %s" % type(self).__name__)

    def observe(self, state: State) -> Any:
        """The observables, means over the sites."""
        raise NotImplementedError("observe(state) of %s" % type(self).__name__)

    # What only some systems can do.

    def patches(self, state: State) -> np.ndarray:
        """Observables of each patch of a large state, [patches, observables]; their mean is `observe`."""
        raise NotImplementedError

    def evolve(
        self, state: State, patch: int, environment: str, duration: Duration, condition: Condition,
        rng: np.random.Generator,
    ) -> Any:
        """The large state after one patch has evolved in it, returned as by `advance`. The given one stays as it is."""
        raise NotImplementedError

    def upsample(self, snapshots: Sequence[State], condition: Condition, rng: np.random.Generator) -> State:
        """A large state of small ones."""
        raise NotImplementedError

    def relax(self, state: State, condition: Condition, rng: np.random.Generator) -> State:
        """A large state whose seams are relaxed; it may be changed in place."""
        raise NotImplementedError

    # What the worker uses.

    def means(self, state: State) -> np.ndarray:
        """The observables of a state, one after the other."""
        return np.atleast_1d(np.asarray(real(self.observe(state)), float))

    def capabilities(self) -> List[str]:
        """Words of the protocol."""
        words = [word for word in ("patches", "upsample", "relax") if self.has(word)]
        return words + ["keep"] * self.has("patches") + ["conditions"]

    def has(self, method: str) -> bool:
        """Whether a method is there that only some systems have."""
        return getattr(type(self), method) is not getattr(System, method)

    def surroundings(self) -> List[str]:
        """Words for the environment of a patch."""
        if not self.has("patches"):
            return []
        return [*self.environments] + [word for word in ["whole"] if word not in self.environments]

    def units(self) -> Dict[str, str]:
        """Names of observables with their units."""
        named = self.observables
        if isinstance(named, str) or isinstance(self.files, str):
            raise TypeError("observables and files: lists of names, such as [%r]" % (named if isinstance(named, str) else self.files))
        return dict(named) if isinstance(named, Mapping) else {name: "1" for name in named}

    def describe(self) -> Dict[str, Any]:
        """The reply to `hello`."""
        extents = {
            extent.name: {"shape": list(extent.shape), "sites": extent.sites, "name": " x ".join(map(str, extent.shape))}
            for extent in (self.small, self.large)
        }
        extents["large"]["patches"] = self.large.patches
        said: Dict[str, Any] = {
            "protocol": 1,
            "name": self.name or type(self).__name__,
            "observables": [{"name": name, "unit": unit} for name, unit in self.units().items()],
            "state": {"type": self.dtype, "name": self.state_name, "axes": list(self.axes)},
            **extents,
            "time_unit": self.time_unit,
            "time_step": self.time_step,
            "capabilities": self.capabilities(),
            "environments": self.surroundings(),
            "snapshots": self.snapshots,
            "relations": [dict(rule) for rule in self.relations],
            "explanation": list(self.explanation),
            "caveats": list(self.caveats),
            "files": sources() + [os.path.abspath(file) for file in self.files],
        }
        for key in "mirror", "start":
            if len(getattr(self, key)):
                said[key] = list(getattr(self, key))
        if self.costs:
            said["costs"] = dict(self.costs)
        return said

    def advanced(self, made: Any, duration: Duration) -> Advanced:
        """What `advance` has returned, with the events and the time it may have left out."""
        state, *more = made if isinstance(made, tuple) else (made,)
        if state is None:
            raise ValueError("advance returns nothing: return the state")
        if self.time_step > 0:
            steps = duration.steps
            return Advanced(state, int(more[0]) if more else steps, steps * self.time_step)
        if not more or len(more) < 2 and not math.isfinite(duration.time):
            raise ValueError("advance returns the state alone: return (state, events, time), or set time_step")
        time = float(more[1]) if len(more) > 1 else duration.time
        if not 0 <= time < math.inf:
            raise ValueError("advance returns a time of %g: what %g events have taken" % (time, duration.events))
        return Advanced(state, int(more[0]), time)

    def evolve_patch(
        self, state: State, patch: int, environment: str, duration: Duration, condition: Condition,
        rng: np.random.Generator, keep: bool = False,
    ) -> Evolved:
        """`evolve`, and the increment of the patch: the change of the whole in units of the patch."""
        after, events, time = self.advanced(self.evolve(state, patch, environment, duration, condition, rng), duration)
        change = self.means(after) - self.means(state)
        frozen = np.zeros(self.large.shape, np.uint8) if keep else None
        return Evolved(self.large.patches * change, events, time, after if keep else None, frozen)
