"""LatticeLift in Python: simulators of one's own (`System`, `GridSystem`, `serve`), the program (`run`), its results (`read`).

Simulators need numpy; results need h5py and what `reader` names. Without an installation: the folder that has this one into
PYTHONPATH.
"""
from .barriers import import_barriers
from .grid import GridSystem
from .program import ProgramError, run
from .reader import Run, atoms, conditions, open_dataset, read, write_samples
from .system import Condition, Duration, Extent, System
from .worker import serve

__version__ = "0.3.0.dev0"
__all__ = [
    "Condition", "Duration", "Extent", "GridSystem", "ProgramError", "Run", "System", "atoms", "conditions", "import_barriers",
    "open_dataset", "read", "run", "serve", "write_samples",
]
