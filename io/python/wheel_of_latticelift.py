"""Writes the wheel of the package `latticelift`, alone (`latticelift package` does so) or for pip (pyproject.toml); equal sources
give equal bytes. usage: wheel_of_latticelift.py FOLDER"""
import base64
import hashlib
import os
import re
import sys
import zipfile

HERE = os.path.dirname(os.path.abspath(__file__))
METADATA = """Metadata-Version: 2.1
Name: latticelift
Version: {version}
Summary: Simulators, runs and results of LatticeLift, macroscopic dynamics of large lattice systems
License: Apache-2.0
Requires-Python: >=3.9
Requires-Dist: numpy
Provides-Extra: results
Requires-Dist: h5py ; extra == 'results'
Requires-Dist: xarray ; extra == 'results'
Requires-Dist: h5netcdf ; extra == 'results'
Requires-Dist: matplotlib ; extra == 'results'
"""
WHEEL = """Wheel-Version: 1.0
Generator: latticelift
Root-Is-Purelib: true
Tag: py3-none-any
"""


def files():
    """Names in the wheel with their bytes."""
    folder = os.path.join(HERE, "latticelift")
    for name in sorted(os.listdir(folder)):
        if name.endswith((".py", ".typed")):
            with open(os.path.join(folder, name), "rb") as file:
                yield "latticelift/" + name, file.read()


def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    """Writes the wheel into a folder; its name."""
    content = dict(files())
    version = re.search(r'__version__ = "(.*)"', content["latticelift/__init__.py"].decode())[1]
    info = "latticelift-%s.dist-info/" % version
    content[info + "METADATA"] = METADATA.format(version=version).encode()
    content[info + "WHEEL"] = WHEEL.encode()
    record = ""
    for name, data in content.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
        record += "%s,sha256=%s,%d\n" % (name, digest, len(data))
    content[info + "RECORD"] = (record + info + "RECORD,,\n").encode()
    wheel = "latticelift-%s-py3-none-any.whl" % version
    with zipfile.ZipFile(os.path.join(wheel_directory, wheel), "w", zipfile.ZIP_STORED) as archive:
        for name, data in content.items():
            entry = zipfile.ZipInfo(name)  # of 1980
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
    return wheel


if __name__ == "__main__":
    print(build_wheel(sys.argv[1]))
