"""Reads what LatticeLift writes, with other people's tools: a run directory as xarray datasets, states as ASE atoms.
Writes what `system: samples` reads (`write_samples`), which needs h5py alone.

It needs h5py and xarray with h5netcdf for datasets, h5py and ASE for atoms (Debian: python3-h5py, python3-xarray,
python3-h5netcdf, python3-ase), matplotlib for figures.

    import latticelift
    run = latticelift.read("runs/quickstart")
    run.ensemble("T2000").mean_of.sel(observable="MoMo").plot(x="time")
    atoms = run.atoms("final.h5", "T2000/run0")
"""
from __future__ import annotations

import os
from typing import Any, Dict, List, Optional, Sequence, Tuple, Union

Path = Union[str, "os.PathLike[str]"]

CELLS = {
    "bcc": (3.24, ((0.0, 0.0, 0.0), (0.5, 0.5, 0.5))),
    "fcc": (3.6, ((0.0, 0.0, 0.0), (0.5, 0.5, 0.0), (0.5, 0.0, 0.5), (0.0, 0.5, 0.5))),
}


def _text(value: Any) -> str:
    return value.decode() if isinstance(value, bytes) else str(value)


def _names(file: Any, attribute: str) -> List[str]:
    return [_text(name) for name in file.attrs[attribute]] if attribute in file.attrs else []


def conditions(path: Path) -> Dict[str, Tuple[str, float]]:
    """The conditions of a file: a dict of name to (parameter, value), such as {"T2000": ("temperature_K", 2000.0)}."""
    import h5py

    found = {}
    with h5py.File(path, "r") as file:
        for name, group in file.items():
            if isinstance(group, h5py.Group) and len(group.attrs) == 1:
                (parameter, value), = group.attrs.items()
                if not isinstance(value, (str, bytes)) and getattr(value, "shape", ()) == ():
                    found[name] = (parameter, float(value))
    return dict(sorted(found.items(), key=lambda entry: entry[1][1]))


def open_dataset(path: Path, group: str = "/") -> Any:
    """A group of a file as an xarray dataset, with the names of observables as coordinate.

    Where a variable of one axis is called `time` it becomes the coordinate of that axis.
    """
    import h5py
    import xarray

    dataset = xarray.open_dataset(path, group=group, engine="h5netcdf")
    with h5py.File(path, "r") as file:
        names = _names(file, "observable_names")
    if names and dataset.sizes.get("observable") == len(names):
        dataset = dataset.assign_coords(observable=names)
    if "time" in dataset.data_vars and dataset["time"].ndim == 1:
        dataset = dataset.set_coords("time")
    return dataset


def atoms(
    path: Path, group: Optional[str] = None, index: int = -1, crystal: str = "bcc", lattice_constant: Optional[float] = None,
    vacancies: bool = False,
) -> Any:
    """A state of snapshots.h5, large.h5, states.h5 or final.h5 as ASE atoms.

    `group` is a condition such as T2000, or T2000/run0 in final.h5; default the first that holds states. Empty sites are left out,
    or atoms X with `vacancies`. `info` has what the file knows of the state.
    """
    import ase
    import h5py
    import numpy

    with h5py.File(path, "r") as file:
        group = group or _first_states(file)
        data = file[group]["species"]
        series = data.ndim == 5
        number = range(data.shape[0])[index] if series else 0
        codes = data[number] if series else data[()]
        symbols = numpy.array(["X"] + _names(file, "species_names"))
        info = {"group": group, "index": number}
        for name in "time", "jumps", "run":
            if name in file[group] and isinstance(file[group][name], h5py.Dataset):
                values = file[group][name]
                info[name] = values[number].item() if values.ndim else values[()].item()
    constant, basis = CELLS[crystal]
    constant = lattice_constant or constant
    cells = numpy.stack(numpy.meshgrid(*map(numpy.arange, codes.shape[:3]), indexing="ij"), axis=-1)
    positions = (cells[..., None, :] + numpy.array(basis)) * constant
    kept = numpy.ones(codes.shape, bool) if vacancies else codes > 0
    return ase.Atoms(
        symbols[codes[kept]], positions=positions[kept], cell=constant * numpy.array(codes.shape[:3]), pbc=True, info=info
    )


def write_samples(path: Path, parameter: str, observables: Sequence[str], **columns: Any) -> None:
    """Training samples or runs of the large system for `system: samples`, one row of every column each.

    Samples have `condition`, `dt`, `z0` and `z1`, and may have `group`, `state`, `weight` and `drift`; runs have `condition`,
    `run`, `time` and `z`. `z0`, `z1`, `drift` and `z` are rows by observables; `parameter` is what the condition is, such as
    "temperature_K". A single number stands for all rows.
    """
    import h5py
    import numpy

    if isinstance(observables, str):
        raise TypeError("observables %r: a list of names" % observables)
    arrays = {name: numpy.asarray(column) for name, column in columns.items()}
    rows = max([len(array) for array in arrays.values() if array.ndim], default=0)
    arrays = {name: array if array.ndim else numpy.full(rows, array) for name, array in arrays.items()}
    lengths = {name: len(column) for name, column in arrays.items()}
    if len(set(lengths.values())) != 1:
        raise ValueError("columns of different lengths: %s" % lengths)
    with h5py.File(path, "w") as file:
        file.attrs["parameter_name"] = parameter
        file.attrs["observable_names"] = list(observables)
        for name, column in arrays.items():
            if name in ("z0", "z1", "drift", "z"):
                column = column.reshape(-1, len(observables))
            file[name] = column


def _first_states(file: Any) -> str:
    for condition in sorted(name for name in file if name != "provenance"):
        for group in condition, condition + "/run0":
            if group in file and hasattr(file[group], "keys") and "species" in file[group]:
                return group
    raise KeyError("no states of atoms in %s" % file.filename)


class Run:
    """A run directory."""

    def __init__(self, folder: Path):
        self.folder = os.fspath(folder)

    def path(self, name: str) -> str:
        """Path of a file of the run."""
        return os.path.join(self.folder, name)

    def has(self, name: str) -> bool:
        """Whether a file of the run is there."""
        return os.path.exists(self.path(name))

    def conditions(self, name: str = "trajectory.h5") -> Dict[str, Tuple[str, float]]:
        """The conditions of a file of the run, ascending."""
        return conditions(self.path(name))

    def open(self, name: str, group: str = "/") -> Any:
        """A group of any HDF5 file of the run as an xarray dataset."""
        return open_dataset(self.path(name), group)

    def ensemble(self, condition: str) -> Any:
        """The prediction under a condition; `mean_of` and `std_of` because xarray has methods of the shorter names."""
        dataset = self.open("ensemble.h5", condition)
        return dataset.rename({name: name + "_of" for name in ("mean", "std") if name in dataset})

    def trajectories(self, condition: str) -> List[Any]:
        """The direct runs under a condition, a list of datasets, as their times may differ."""
        import h5py

        with h5py.File(self.path("trajectory.h5"), "r") as file:
            runs = sorted((name for name in file[condition] if name.startswith("run")), key=lambda name: int(name[3:]))
        return [self.open("trajectory.h5", condition + "/" + name) for name in runs]

    def evaluation(self) -> List[Dict[str, str]]:
        """The rows of evaluation.csv as dicts."""
        import csv

        with open(self.path("evaluation.csv"), newline="", encoding="utf-8") as file:
            return list(csv.DictReader(file))

    def plot(self, condition: Optional[str] = None) -> Any:
        """A figure of the observables against time under a condition (default: the last one)."""
        from . import plots

        return plots.time(self, condition)

    def plot_means(self) -> Any:
        """A figure of the equilibrium means against the condition."""
        from . import plots

        return plots.means(self)

    def atoms(self, name: str = "final.h5", group: Optional[str] = None, **options: Any) -> Any:
        """A state of a file of the run as ASE atoms; options as of the function."""
        return atoms(self.path(name), group, **options)


def read(folder: Path) -> Run:
    """The results in a run directory."""
    if not os.path.isdir(folder):
        raise FileNotFoundError("no run directory %s" % folder)
    return Run(folder)
