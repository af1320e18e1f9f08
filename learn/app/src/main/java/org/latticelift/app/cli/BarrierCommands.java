package org.latticelift.app.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.latticelift.app.cli.StateFileCommand.CellOptions;
import org.latticelift.app.cli.StateFileCommand.MaxVacanciesOption;
import org.latticelift.app.cli.StateFileCommand.OverwriteOption;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.io.run.directory.SingleFile;
import org.latticelift.learn.barrierfit.BarrierTable;
import org.latticelift.learn.barrierfit.BarrierTableFile;
import org.latticelift.learn.barrierfit.StructureTable;
import org.latticelift.sim.vacancy.barrier.BarrierEvaluation;
import org.latticelift.sim.vacancy.barrier.BarrierEvaluation.LoopMismatch;
import org.latticelift.sim.vacancy.barrier.BarrierModel;
import org.latticelift.sim.vacancy.barrier.FittedModelFile;
import org.latticelift.sim.vacancy.barrier.InputOrder;
import org.latticelift.sim.vacancy.barrier.NetworkBarrier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Commands about barrier models that train nothing. */
final class BarrierCommands {
  private BarrierCommands() {}

  /** Makes a barrier table from structures and the barriers of their hops. */
  @Command(
      name = "collect",
      description = {
        "Makes a barrier table from initial states with a vacancy (extended XYZ, POSCAR, CIF, LAMMPS)",
        "and a CSV with the columns structure, atom (the number of the atom that jumps into the",
        "vacancy, from 1), barrier_eV and perhaps category."
      })
  static final class BarrierCollectCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "HOPS.csv", description = "A row for each hop.")
    private Path hops;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "HDF5 to make.")
    private Path out;

    @Option(
        names = "--species",
        paramLabel = "NAMES",
        required = true,
        split = ",",
        description = "Species in the order of the codes, such as Mo,W.")
    private List<String> species;

    @Mixin private CellOptions cells;

    @Option(
        names = "--tolerance",
        paramLabel = "T",
        defaultValue = "0.15",
        description =
            "How far relaxed atoms may be from their sites, in cells along each axis; default"
                + " ${DEFAULT-VALUE}")
    private double tolerance;

    @Mixin private MaxVacanciesOption maxVacancies;

    @Mixin private OverwriteOption overwrite;

    @Override
    public void run() {
      StructureTable.Rules rules =
          new StructureTable.Rules(
              species, cells.latticeConstant(), tolerance, maxVacancies.share());
      BarrierTable table = StructureTable.read(hops, cells.crystal(), rules);
      SingleFile.write(
          out,
          overwrite.given(),
          beside -> {
            try (Hdf5Writer writer = Hdf5Writer.create(beside)) {
              BarrierTableFile.write(table, writer);
            }
          });
      long known = 0;
      for (float barrier : table.barrier()) {
        known += Float.isNaN(barrier) ? 0 : 1;
      }
      spec.commandLine()
          .getOut()
          .printf("%s: %d environments, %d barriers%n", out, table.size(), known);
    }
  }

  /** Evaluates the barriers of listed vacancies in grids. */
  @Command(
      name = "eval",
      description =
          "Evaluates the barriers of listed vacancies in small configurations of bcc or fcc.")
  static final class BarrierEvalCommand implements Runnable {
    private static final double KELVIN = 600;

    @Spec private CommandSpec spec;

    @Option(
        names = "--weights",
        required = true,
        paramLabel = "W.h5",
        description = "A network or a linear model, as HDF5 or YAML.")
    private Path weights;

    @Option(
        names = "--grids",
        required = true,
        paramLabel = "G.h5",
        description =
            "HDF5 with grid int8 [G,D,D,D] (points of half a cell, -1 where there is no site) and"
                + " vac_pos int32 [G,V,3].")
    private Path grids;

    @Option(
        names = "--out",
        required = true,
        paramLabel = "B.h5",
        description = "HDF5 to make, with barrier float64 [G,V,hops] in eV.")
    private Path out;

    @Mixin private NetworkOptions network;

    @Mixin private OverwriteOption overwrite;

    @Override
    public void run() {
      BarrierModel model = FittedModelFile.read(weights, network.order(), network.epsilon());
      long vacancies = new BarrierEvaluation(model).run(grids, out, overwrite.given());
      String kernel =
          model instanceof NetworkBarrier ? ((NetworkBarrier) model).kernelName() : "linear";
      spec.commandLine()
          .getOut()
          .printf(
              "%s: barriers of %d vacancies, kernel %s%ndetailed balance: %s%n",
              out, vacancies, kernel, LoopMismatch.of(model).at(KELVIN));
    }

    /** How the numbers of a barrier network are to be read. */
    static final class NetworkOptions {
      @Spec(Spec.Target.MIXEE)
      private CommandSpec command;

      @Option(
          names = "--order",
          paramLabel = "authors|nnk",
          description = "Input order; must not contradict the weights.")
      private InputOrder order;

      private Double epsilon;

      @Option(
          names = "--bn-epsilon",
          paramLabel = "X",
          description = "Epsilon of the batch normalisation; wins over the weights.")
      private void epsilon(double value) {
        if (!(value >= 0 && value < 1)) {
          throw new ParameterException(
              command.commandLine(),
              "Invalid value for option '--bn-epsilon': " + value + " is not in 0 to 1");
        }
        epsilon = value;
      }

      Optional<InputOrder> order() {
        return Optional.ofNullable(order);
      }

      Optional<Double> epsilon() {
        return Optional.ofNullable(epsilon);
      }
    }
  }
}
