"""
@COMMENT@

Needs numpy alone. As a program: --self-test compares it with numbers of the program that wrote it, --speed measures it.

The state of n points is y[n, MODELS, VARIABLES]: every model of the committee has a state of its own. Variables and times of
the equation dy = mu ds + sigma dW are scaled: y = (z - MEAN) / DEVIATION and ds = dt / tau(condition). Times t are in @TIME@,
conditions are @CONDITION@. One time step of another program is one call of advance().
"""
import sys
import time

import numpy as np

VARIABLE_NAMES = [@VARIABLE_NAMES@]
OBSERVABLE_NAMES = [@OBSERVABLE_NAMES@]
VARIABLES, OBSERVABLES, MODELS = @D@, @M@, @MODELS@
EULER, RUNGE_KUTTA = 0, 1

# Trained conditions, their time units, and the longest steps that are stable at them.
TRAINED = np.array([@TRAINED@])
TIME_UNIT = np.array([@TIME_UNIT@])
LONGEST_STEP = np.array([@LONGEST@])

# Scaled variables, and from variables to observables.
MEAN = np.array([@MEAN@])
DEVIATION = np.array([@DEVIATION@])
VARIABLE = [@INDEPENDENT@]
EXPAND = np.array([@MATRIX@]).reshape(OBSERVABLES, VARIABLES)
OFFSET = np.array([@OFFSET@])
START = np.array([@START_VALUES@])
CHANGE, MEMORY = @CHANGE@, @MEMORY@
TOGETHER = 250  # points that are stepped together: so many are in the cache of a processor

# Of resamples: sum of the squares of their shares of the models, and Student's quantile.
SHARES, QUANTILE = @SHARES@, @QUANTILE@
#:if VACANCIES
# Vacancies per site that times t hold for.
VACANCIES = @VACANCIES@
#:end


def _weights(inputs, outputs, text):
    """Numbers of all models, exact in single precision; [inputs][outputs], for the gradient [outputs][inputs]."""
    return np.array(text.split(), dtype=np.float32).astype(np.float64).reshape(MODELS, inputs, outputs)


PARAMETERS = {
@VALUES@
}


def time_unit(condition):
    """tau; outside the trained range ln tau goes on straight in 1/condition, in the condition where not all are above 0."""
    condition = np.asarray(condition, dtype=float)
    if len(TRAINED) == 1:
        return np.full(condition.shape, TIME_UNIT[0])
    right = np.clip(np.searchsorted(TRAINED, condition), 1, len(TRAINED) - 1)
    turned = (TRAINED[0] > 0) & (condition > 0)
    a, b, at = (np.where(turned, 1 / np.where(turned, c, 1), c) for c in (TRAINED[right - 1], TRAINED[right], condition))
    weight = (at - a) / (b - a)
    return np.exp((1 - weight) * np.log(TIME_UNIT[right - 1]) + weight * np.log(TIME_UNIT[right]))


def outside(condition):
    """How far a condition is outside the trained range; 0 inside."""
    condition = np.asarray(condition, dtype=float)
    return np.maximum(np.maximum(TRAINED[0] - condition, condition - TRAINED[-1]), 0)


def _around(condition):
    """The trained conditions below and above; twice the same for a trained one or beyond the ends."""
    right = np.minimum(np.searchsorted(TRAINED, condition), len(TRAINED) - 1)
    left = np.where((TRAINED[right] <= condition) | (right == 0), right, right - 1)
    return left, right


#:if STATES
# States of the training at each condition, how many of them are near, and how far these are in general.
STATE_NEAR = [@STATE_NEAR@]
SPACING = np.array([@SPACING@])
STATES = np.split(
    np.array(
        """
@STATES_VALUES@
""".split(),
        dtype=np.float32,
    )
    .astype(np.float64)
    .reshape(-1, VARIABLES),
    [@STATE_END@][:-1],
)


def distance(condition, y, uncertain=0.0):
    """Distance of one scaled state from those that the models were trained at, above 1 for farther than these are from each
    other; uncertain: half of the interval of each variable, scaled."""
    found = []
    for c in _around(condition):
        off = np.maximum(np.abs(STATES[c] - y) - uncertain, 0)
        squares = np.partition((off * off).sum(axis=1), STATE_NEAR[c] - 1)
        found.append(np.sqrt(squares[STATE_NEAR[c] - 1]) / SPACING[c])
    return min(found)


#:end
class Equation:
    """The equation at the conditions of n points."""

    def __init__(self, condition):
        self.condition = np.atleast_1d(np.asarray(condition, dtype=float))
        n = len(self.condition)
        self.time_unit = time_unit(self.condition)
        left, right = _around(self.condition)
        self.longest_step = np.minimum(LONGEST_STEP[left], LONGEST_STEP[right])
        self.folded = [self._fold(n, model) for model in range(MODELS)]

    def _fold(self, n, model):
        w = {name: array[model] for name, array in PARAMETERS.items()}
        f = {}
@FOLD_BODY@
        return f


def start(n):
    """All models of n points where predictions start unless something else is known: @START@."""
    return at_observables(np.tile(START, (n, 1)))


def at_observables(observables):
    """All models of n points at given observables [n, OBSERVABLES]."""
    scaled = (np.asarray(observables)[:, VARIABLE] - MEAN) / DEVIATION
    return np.repeat(scaled[:, None, :], MODELS, axis=1)


def observables(y):
    """The observables of states [..., VARIABLES]."""
    return (MEAN + DEVIATION * y) @ EXPAND.T + OFFSET


#:if CONTRACT
_LOWER, _UPPER = np.tri(VARIABLES), 1 - np.tri(VARIABLES)


def _contract(c, a, g):
    """(L L^T + W + c I) g with L the lower triangle of a, W its strict upper one less the transpose of that."""
    a = a.reshape(-1, VARIABLES, VARIABLES)
    lower, upper = a * _LOWER, a * _UPPER
    work = np.einsum("nij,ni->nj", lower, g)
    forward = np.einsum("nij,nj->ni", lower, work) + np.einsum("nij,nj->ni", upper, g)
    return forward - np.einsum("nij,ni->nj", upper, g) + c * g


#:end
def _matrix_of(factor, entry):
    """sigma from its entries that are not 0: @SHAPE@."""
    sigma = np.zeros((len(entry), VARIABLES, VARIABLES))
    rows, columns = @SHAPE_INDICES@
    sigma[:, rows, columns] = entry
#:if POSITIVE
    diagonal = np.arange(VARIABLES)
    value = sigma[:, diagonal, diagonal]
    sigma[:, diagonal, diagonal] = np.maximum(value, 0) + np.log1p(np.exp(-np.abs(value)))
#:end
    return factor * sigma


def drift(equation, model, z):
    """mu of states [n, VARIABLES] of one model, per scaled time."""
    w = {name: array[model] for name, array in PARAMETERS.items()}
    f = equation.folded[model]
@DRIFT_BODY@
    return mu


def diffusion(equation, model, z):
    """sigma [n, VARIABLES, VARIABLES] of states [n, VARIABLES] of one model."""
    w = {name: array[model] for name, array in PARAMETERS.items()}
    f = equation.folded[model]
@DIFFUSION_BODY@
    return sigma


def step(equation, model, h, z, normal=None, scheme=RUNGE_KUTTA):
    """States [n, VARIABLES] of one model after a step h [n] of scaled time; normal: independent normal numbers of mean 0 and
    variance 1, as z, or None for the mean. dz/ds = mu + sigma dW / h is solved by three drifts (Shu and Osher 1988), or by the
    first of them."""
    h = np.broadcast_to(np.asarray(h, dtype=float), (len(z),))[:, None]
    noise = 0.0
    if normal is not None:
        noise = (diffusion(equation, model, z) @ (np.sqrt(h) * normal)[:, :, None])[:, :, 0]
    k1 = drift(equation, model, z)
    y = z + h * k1 + noise
    if scheme == EULER:
        return y
    k2 = drift(equation, model, y)
    k3 = drift(equation, model, 0.5 * (z + y) + 0.25 * h * (k2 - k1))
    return z + noise + h / 6 * (k1 + k2 + 4 * k3)


def _steps(times, condition, pace):
    """Conditions and lengths of the steps along a history."""
    before, after = condition[:-1], condition[1:]
    pieces = np.maximum(1, np.ceil(np.abs(after - before) / CHANGE)).astype(int)
    segment = np.repeat(np.arange(len(pieces)), pieces)
    piece = np.arange(len(segment)) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    middle = before[segment] + (after - before)[segment] * ((piece + 0.5) / pieces[segment])
    units = (np.diff(times) / pieces)[segment] * pace(middle) / time_unit(middle)
    later = np.cumsum(units[::-1])[::-1]  # of each piece and all after it
    kept = max(0, np.count_nonzero(later >= MEMORY) - 1)
    middle, units = middle[kept:], units[kept:]
    if later[kept] > MEMORY:
        units[0] -= later[kept] - MEMORY
    found, carried = [], 0.0
    for i, each in enumerate(units.tolist()):
        carried += each
        if carried >= 1e-4 or i == len(units) - 1:  # pieces in which nothing happens are carried on to the next
            found.append((i, carried))
            carried = 0.0
    at = middle[[i for i, _ in found]]
    length = np.array([u for _, u in found])
    left, right = _around(at)
    steps = np.maximum(1, np.ceil(length / np.minimum(LONGEST_STEP[left], LONGEST_STEP[right]) - 1e-9)).astype(int)
    return np.repeat(at, steps), np.repeat(length / steps, steps)


def advance(times, condition, y, pace=np.ones_like):
    """Means of n points, y [n, MODELS, VARIABLES], along their histories: condition [n, times], which goes straight from one
    time to the next. pace: seconds t per unit of these times at conditions. A history is cut into pieces within which the
    condition changes by at most CHANGE, and these into steps that are stable. Only its last MEMORY units of scaled time are
    made: nothing is remembered of what was before. A step of another program is a history of two times. Returns the states."""
    times, condition = np.asarray(times, dtype=float), np.asarray(condition, dtype=float)
    if len(times) < 2:
        return np.array(y, dtype=float)
    histories = [_steps(times, each, pace) for each in condition]
    order = np.argsort([-len(h) for _, h in histories], kind="stable")
    y = np.array(y, dtype=float)
    for first in range(0, len(order), TOGETHER):
        some = order[first : first + TOGETHER]
        y[some] = _together([histories[i] for i in some], y[some])
    return y


def _together(histories, y):
    """States of some points after the steps of each, the longest history first."""
    counts = np.array([len(h) for _, h in histories])
    for s in range(counts[0]):
        active = np.count_nonzero(counts > s)
        equation = Equation([at[s] for at, _ in histories[:active]])
        length = np.array([h[s] for _, h in histories[:active]])
        for model in range(MODELS):
            y[:active, model] = step(equation, model, length, y[:active, model])
    return y


def interval(value, noise=0.0):
    """Mean of the models, the first axis, and half of its 95 % interval (nan where the models tell none); noise: standard error
    of the mean of all by finite ensembles, 0 for means."""
    value = np.asarray(value)
    center = value.mean(axis=0)
    squares = ((value - center) ** 2).sum(axis=0)
    variance = squares / (MODELS * (1 - SHARES)) if SHARES < 1 else 0 * squares
    rest = np.maximum(variance - MODELS * noise**2, 0.25 * variance)
    return center, QUANTILE * np.sqrt(rest * (1 + SHARES) + noise**2)


def mean(y):
    """Mean over models and half of its 95 % interval of every observable of n points, [n, OBSERVABLES] each."""
    return interval(observables(y).swapaxes(0, 1))


#:if VACANCIES
def vacancies(temperature, energy, entropy):
    """Vacancies per site in equilibrium, exp(entropy - energy/kT): temperature in K, energy in eV, entropy in k_B."""
    return np.exp(entropy - energy / (8.617333e-5 * np.asarray(temperature)))


def real_factor(concentration):
    """Real seconds per second t of a crystal with so many vacancies per site."""
    return VACANCIES / concentration


#:end
# Steps at changing conditions: even ones by Runge and Kutta, odd ones by Euler and Maruyama.
TEST_CONDITION = [@TEST_CONDITION@]
TEST_STEP = [@TEST_STEP@]
TEST_UNIT = [@TEST_UNIT@]
TEST_NORMAL = np.array([
@TEST_NORMAL@
]).reshape(len(TEST_STEP), MODELS, VARIABLES)
TEST_STATE = np.array([
@TEST_STATE@
]).reshape(MODELS, VARIABLES)
TEST_MEAN = np.array([@TEST_MEAN@])
TEST_HALF = np.array([@TEST_HALF@])
#:if STATES
TEST_DISTANCE = @TEST_DISTANCE@
#:end


def self_test():
    """Largest relative difference from numbers of the program that wrote this file; below 1e-6."""
    y = start(1)
    pairs = []
    for s, condition in enumerate(TEST_CONDITION):
        equation = Equation(condition)
        pairs.append((equation.time_unit, TEST_UNIT[s], 0))
        scheme = RUNGE_KUTTA if s % 2 == 0 else EULER
        for model in range(MODELS):
            y[:, model] = step(equation, model, TEST_STEP[s], y[:, model], TEST_NORMAL[s, model][None], scheme)
    pairs.append((y[0], TEST_STATE, 1))
    center, half = mean(y)
    pairs += [(center[0], TEST_MEAN, 1e-3), (half[0], TEST_HALF, 1e-3)]
#:if STATES
    pairs.append((distance(TEST_CONDITION[-1], y[0, 0]), TEST_DISTANCE, 1e-3))
#:end
    worst = 0.0
    for value, expected, size in pairs:
        value, expected = np.asarray(value), np.asarray(expected)
        if np.any(np.isnan(value) != np.isnan(expected)):
            return np.nan
        off = np.abs(value - expected) / np.maximum(np.abs(expected), size)
        worst = max(worst, float(np.max(np.nan_to_num(off))))
    return worst


def _speed(points):
    equation = Equation(np.full(points, 0.5 * (TRAINED[0] + TRAINED[-1])))
    y, steps, begin = start(points), 0, time.process_time()
    while time.process_time() - begin < 1:
        for model in range(MODELS):
            y[:, model] = step(equation, model, 0.5 * equation.longest_step, y[:, model])
        steps += points * MODELS
    return steps / (time.process_time() - begin)


if __name__ == "__main__":
    if sys.argv[1:] == ["--self-test"]:
        difference = self_test()
        print(f"largest relative difference {difference:.2g}")
        sys.exit(0 if difference <= 1e-6 else 1)
    if sys.argv[1:] == ["--speed"]:
        print(f"{_speed(TOGETHER):.3g} steps per second (Runge and Kutta, means of {TOGETHER} points)")
        sys.exit(0)
    sys.exit(f"usage: {sys.argv[0]} --self-test | --speed")
