package org.latticelift.architecture;

import java.util.stream.Stream;

/** Which package lives in which module. A package lives in exactly one. */
final class Modules {
  static final String[] IO = {
    "org.latticelift.error..",
    "org.latticelift.config..",
    "org.latticelift.hdf5..",
    "org.latticelift.rundir..",
    "org.latticelift.progress..",
    "org.latticelift.task..",
    "org.latticelift.atoms..",
    "org.latticelift.csv..",
    "org.latticelift.plot..",
    "org.latticelift.html..",
    "org.latticelift.inspect..",
    "org.latticelift.plugin.."
  };
  static final String[] MPI_SIM = {
    "org.latticelift.communicator..",
    "org.latticelift.distribution..",
    "org.latticelift.random..",
    "org.latticelift.basin..",
    "org.latticelift.crystal..",
    "org.latticelift.lattice..",
    "org.latticelift.barrier..",
    "org.latticelift.kmc..",
    "org.latticelift.sublattice..",
    "org.latticelift.order..",
    "org.latticelift.system..",
    "org.latticelift.alloy..",
    "org.latticelift.spin..",
    "org.latticelift.ising..",
    "org.latticelift.predatorprey..",
    "org.latticelift.curieweiss..",
    "org.latticelift.chain..",
    "org.latticelift.statistics..",
    "org.latticelift.simulation..",
    "org.latticelift.lifting..",
    "org.latticelift.benchmark.."
  };
  static final String[] LEARN = {
    "org.latticelift.sde..",
    "org.latticelift.closure..",
    "org.latticelift.training..",
    "org.latticelift.ensemble..",
    "org.latticelift.evaluation..",
    "org.latticelift.report..",
    "org.latticelift.experiment..",
    "org.latticelift.scaling..",
    "org.latticelift.barriertraining..",
    "org.latticelift.cli.."
  };

  private Modules() {}

  static String[] all() {
    return Stream.of(IO, MPI_SIM, LEARN).flatMap(Stream::of).toArray(String[]::new);
  }
}
