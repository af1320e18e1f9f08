"""The published barrier network: from its NumPy file to the HDF5 that `barrier.weights` names.

`python3 -m latticelift.barriers WEIGHTS.npy OUT.h5 --order authors` is the same from a shell.
"""
from __future__ import annotations

import argparse
import os
import pickle
import tempfile
from typing import Any, BinaryIO, List, Optional, Union

import numpy as np

SPECIES = ("Nb", "Mo", "Ta")
ORDERS = ("authors", "nnk")
VOXELS = 729
PER_LAYER = ("W", "b", "gamma", "beta", "mean", "var")
EPSILON = 1e-3
ATTEMPT_FREQUENCY = 1e13


class _Arrays(pickle.Unpickler):
    """Makes arrays of numbers and nothing else: a pickle may name any function, and would run it."""

    def find_class(self, module: str, name: str) -> Any:
        allowed = ("_reconstruct", "ndarray", "dtype")
        if module in ("numpy", "numpy.core.multiarray", "numpy._core.multiarray") and name in allowed:
            if name != "_reconstruct":
                return getattr(np, name)
            return np.empty(0).__reduce__()[0]
        raise ValueError("the pickle names %s.%s: arrays of numbers only" % (module, name))


def _read(file: BinaryIO) -> List[np.ndarray]:
    if np.lib.format.read_magic(file) != (1, 0):
        raise ValueError("a NumPy file of another format than 1.0")
    shape, _, kind = np.lib.format.read_array_header_1_0(file)
    if kind != np.dtype(object) or len(shape) != 1:
        raise ValueError("%s of shape %s: a list of arrays is expected" % (kind, shape))
    arrays = [np.asarray(a) for a in _Arrays(file).load()]
    if len(arrays) != shape[0] or any(a.dtype != np.float32 for a in arrays):
        raise ValueError("not the announced number of arrays of float32")
    return arrays


def _checked(array: np.ndarray, index: int, *shape: int) -> np.ndarray:
    if array.shape != shape:
        raise ValueError("array %d has shape %s where the published form has %s" % (index, array.shape, shape))
    if not np.isfinite(array).all():
        raise ValueError("array %d has values that are not finite" % index)
    return array


def import_barriers(
    weights: Union[str, os.PathLike[str]],
    out: Union[str, os.PathLike[str]],
    *,
    order: Optional[str] = None,
    epsilon: float = EPSILON,
    overwrite: bool = False,
) -> None:
    """Writes the network of `weights` (six arrays a hidden layer, then weight and bias of the output) to the HDF5 file `out`.

    `order` of the input (`authors` or `nnk`) is recorded if given: no other one can then be used with the file. `epsilon` is that
    of the batch normalisation. The pickle in the file is read without running what it names. ValueError where it has another form.
    """
    import h5py

    if order is not None and order not in ORDERS:
        raise ValueError("order %r: %s is allowed" % (order, " or ".join(ORDERS)))
    if not 0 <= epsilon < 1:
        raise ValueError("epsilon %r: a number from 0 to below 1 is allowed" % epsilon)
    if os.path.exists(out) and not overwrite:
        raise FileExistsError("%s exists: overwrite=True replaces it" % os.fspath(out))
    try:
        with open(weights, "rb") as file:
            arrays = _read(file)
    except (pickle.UnpicklingError, EOFError, AttributeError, IndexError, KeyError, TypeError, UnicodeError) as e:
        raise ValueError("%s: not the published form: %s" % (os.fspath(weights), e)) from e
    layers, rest = divmod(len(arrays) - 2, len(PER_LAYER))
    if layers < 1 or rest:
        raise ValueError("%d arrays: six for each hidden layer and two for the output are expected" % len(arrays))
    folder = os.path.dirname(os.path.abspath(out))
    handle, beside = tempfile.mkstemp(dir=folder, prefix="." + os.path.basename(out))
    os.close(handle)
    try:
        with h5py.File(beside, "w") as made:
            inputs = VOXELS
            for layer in range(layers):
                first = layer * len(PER_LAYER)
                width = arrays[first].shape[-1] if arrays[first].ndim else 0
                for k, name in enumerate(PER_LAYER):
                    shape = (inputs, width) if k == 0 else (width,)
                    made["layer%d/%s" % (layer, name)] = _checked(arrays[first + k], first + k, *shape)
                inputs = width
            made["output/W"] = _checked(arrays[-2], len(arrays) - 2, inputs, 1)
            made["output/b"] = _checked(arrays[-1], len(arrays) - 1, 1)
            for name, data in (("output/W", made["output/W"]), ("output/b", made["output/b"])):
                data.attrs["units"] = "eV"
            attributes = {
                "encoding": "code", "activation": "relu", "species_names": list(SPECIES), "batchnorm_epsilon": epsilon,
                "attempt_frequency_per_s": ATTEMPT_FREQUENCY, "source": os.path.basename(os.fspath(weights)),
            }
            made.attrs.update({**attributes, **({"order": order} if order else {})})
        os.chmod(beside, 0o644)
        os.replace(beside, out)
    except BaseException:
        os.unlink(beside)
        raise


def _main() -> None:
    parser = argparse.ArgumentParser(prog="python3 -m latticelift.barriers", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("weights", metavar="WEIGHTS.npy", help="the published file")
    parser.add_argument("out", metavar="OUT.h5", help="the file to make")
    parser.add_argument("--order", choices=ORDERS, help="input order; recorded in the file")
    parser.add_argument("--epsilon", type=float, default=EPSILON, help="of the batch normalisation; default %(default)s")
    parser.add_argument("--overwrite", action="store_true", help="replace an existing file")
    given = parser.parse_args()
    try:
        import_barriers(given.weights, given.out, order=given.order, epsilon=given.epsilon, overwrite=given.overwrite)
    except (ValueError, OSError) as e:
        parser.exit(1, "%s: %s\n" % (given.weights, e))


if __name__ == "__main__":
    _main()
