package org.latticelift.sim.systems.alloy;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.vacancy.hamiltonian.EffectiveHamiltonian;
import org.latticelift.sim.vacancy.hamiltonian.ExchangeLattice;
import org.latticelift.sim.vacancy.hamiltonian.FittedStage;
import org.latticelift.sim.vacancy.hamiltonian.HamiltonianFile;
import org.latticelift.sim.vacancy.lattice.Lattice;

/**
 * Initial states that are drawn from the ensemble of an effective Hamiltonian (EX-21): of any size,
 * another one for every run.
 *
 * @param hamiltonian of one condition and stage of the relaxation
 */
record SampledStart(EffectiveHamiltonian hamiltonian) {
  /** Whether a start file has Hamiltonians in place of a state. */
  static boolean isOne(StartConfig config) {
    return StartFile.isHdf5(config) && config.file().read(HamiltonianFile::isOne);
  }

  static SampledStart read(StartConfig config, List<String> species) {
    if (!config.vacancyAt().isEmpty()) {
      throw LatticeLiftException.badData(
          "chosen vacancies of a state that is sampled",
          "lattice.start.vacancy_at",
          "none with a file of Hamiltonians",
          "Remove it; lattice.vacancy_concentration decides");
    }
    return config.file().read(path -> read(path, config, species));
  }

  /** A random state becomes one of the ensemble; changed. */
  AlloyState order(AlloyState random, RandomStream stream) {
    Lattice lattice = random.lattice();
    ExchangeLattice room = new ExchangeLattice(lattice, hamiltonian.shells());
    SampledUpsampling.order(hamiltonian, lattice, room, stream);
    return AlloyState.scanned(lattice);
  }

  private static SampledStart read(Path path, StartConfig config, List<String> species) {
    try (HamiltonianFile file = HamiltonianFile.open(path)) {
      if (!file.species().equals(species)) {
        throw LatticeLiftException.badData(
            "a Hamiltonian of " + file.species(),
            path.toString(),
            species + " (lattice.species)",
            "Use the file of a run with these species in this order");
      }
      List<FittedStage> stages = file.stages(condition(file.conditions(), config, path));
      return new SampledStart(stages.get(stage(stages.size(), config, path)).hamiltonian());
    }
  }

  private static Condition condition(List<Condition> conditions, StartConfig config, Path path) {
    boolean only = config.group().isEmpty() && conditions.size() == 1;
    return conditions.stream()
        .filter(condition -> only || condition.name().equals(config.group()))
        .findFirst()
        .orElseThrow(
            () ->
                LatticeLiftException.badData(
                    config.group().isEmpty()
                        ? "Hamiltonians of " + conditions.size() + " conditions"
                        : "no Hamiltonian of " + config.group(),
                    path.toString(),
                    conditions.stream().map(Condition::name).collect(Collectors.joining(", ")),
                    "Set lattice.start.group to one of these"));
  }

  private static int stage(int stages, StartConfig config, Path path) {
    if (config.index() >= stages) {
      throw LatticeLiftException.badData(
          "no stage " + config.index(),
          path.toString(),
          "0 to " + (stages - 1) + ", or -1 for the last",
          "Correct lattice.start.index");
    }
    return config.index() < 0 ? stages - 1 : config.index();
  }
}
