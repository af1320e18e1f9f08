"""The published barrier network, from its NumPy file to HDF5; files that are broken or name other functions are refused."""
import os
import pickle
import sys
import tempfile
import unittest
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from latticelift import import_barriers

try:
    import h5py
except ImportError:
    h5py = None


def arrays(width, value=0.5):
    """One hidden layer and the output."""
    shapes = [(729, width), *[(width,)] * 5, (width, 1), (1,)]
    return [np.full(shape, value, np.float32) for shape in shapes]


@unittest.skipIf(h5py is None, "python3-h5py is not installed")
class ImportTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.npy, self.out = (os.path.join(folder.name, name) for name in ("weights.npy", "weights.h5"))
        self.folder = folder.name

    def write(self, content, tail=b""):
        listed = np.empty(len(content), object)
        listed[:] = content
        with open(self.npy, "wb") as file:
            np.save(file, listed, allow_pickle=True)
            file.write(tail)

    def refused(self, text, **options):
        with self.assertRaisesRegex(ValueError, text):
            import_barriers(self.npy, self.out, **options)
        self.assertEqual(os.listdir(self.folder), ["weights.npy"])

    def test_every_array_has_its_place(self):
        given = arrays(7)
        for i, a in enumerate(given):
            a.flat[0] = i + 1
        self.write(given)
        import_barriers(self.npy, self.out, order="nnk", epsilon=1e-5)
        with h5py.File(self.out) as file:
            paths = ["layer0/" + name for name in ("W", "b", "gamma", "beta", "mean", "var")] + ["output/W", "output/b"]
            for path, a in zip(paths, given):
                self.assertTrue(np.array_equal(file[path][...], a), path)
            self.assertEqual((file.attrs["order"], file.attrs["batchnorm_epsilon"]), ("nnk", 1e-5))
        with self.assertRaises(FileExistsError):
            import_barriers(self.npy, self.out)
        import_barriers(self.npy, self.out, overwrite=True)

    def test_functions_of_a_pickle_are_not_run(self):
        class Touch:
            def __reduce__(self):
                return os.mkdir, (os.path.join(self.folder, "run"),)

        Touch.folder = self.folder
        for content in ([Touch()], [np.float32(1), Touch()]):
            self.write(content)
            self.refused("names posix.mkdir|names numpy")

    def test_broken_files(self):
        self.write(arrays(1))
        with open(self.npy, "rb") as file:
            whole = file.read()
        for length in [*range(0, 400, 7), *range(400, len(whole) - 1, 311)]:
            with open(self.npy, "wb") as file:
                file.write(whole[:length])
            with self.assertRaises(ValueError):
                import_barriers(self.npy, self.out)
        np.save(self.npy, np.ones(3, np.float32))
        self.refused("a list of arrays")

    def test_shapes_types_and_numbers(self):
        for index, shape in ((0, (728, 3)), (2, (4,)), (6, (3,))):
            given = arrays(3)
            given[index] = np.ones(shape, np.float32)
            self.write(given)
            self.refused("array %d has shape" % index)
        for given, text in ((arrays(3)[:5], "5 arrays"), ([a.astype(float) for a in arrays(3)], "float32"), (arrays(2, np.nan), "not finite")):
            self.write(given)
            self.refused(text)
        self.write(arrays(3))
        self.refused("order 'up'", order="up")
        self.refused("epsilon", epsilon=float("nan"))


if __name__ == "__main__":
    unittest.main()
