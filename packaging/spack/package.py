# Spack recipe of LatticeLift, in a repository of your own: packages/latticelift/package.py. It installs an archive that
# `latticelift package` made; give its place and hash, for example
#   spack install latticelift archive=/path/latticelift-0.3.0-SNAPSHOT.tar.gz
# The archive needs nothing but Java; nothing is compiled. For Spack 1.0 or newer.

import os

from spack_repo.builtin.build_systems.generic import Package

from spack.package import *


class Latticelift(Package):
    """Learns the macroscopic stochastic dynamics of large lattice systems from simulations of small ones."""

    has_code = False

    license("Apache-2.0")

    version("0.3.0")

    variant(
        "archive",
        default="none",
        values=lambda value: value == "none" or os.path.isabs(value),
        description="Archive made by 'latticelift package'",
    )

    depends_on("java@17:", type=("build", "run"))

    def install(self, spec, prefix):
        archive = spec.variants["archive"].value
        if archive == "none":
            raise InstallError("name the archive of 'latticelift package': archive=/path/latticelift-VERSION.tar.gz")
        mkdirp(prefix.share.latticelift)
        tar = which("tar", required=True)
        tar("-xzf", archive, "-C", prefix.share.latticelift, "--strip-components=1")
        mkdirp(prefix.bin)
        symlink(prefix.share.latticelift.join("latticelift"), prefix.bin.latticelift)

    def setup_run_environment(self, env: EnvironmentModifications) -> None:
        env.set("LATTICELIFT_HOME", self.prefix.share.latticelift)
        env.prepend_path("PYTHONPATH", self.prefix.share.latticelift.io.python)

    @run_after("install")
    @on_package_attributes(run_tests=True)
    def check_install(self):
        Executable(self.prefix.bin.latticelift)("help")
