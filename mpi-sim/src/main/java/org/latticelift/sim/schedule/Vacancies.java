package org.latticelift.sim.schedule;

import java.util.Optional;
import org.latticelift.io.config.Default;
import org.latticelift.io.config.Doc;
import org.latticelift.io.config.Key;
import org.latticelift.io.config.Range;
import org.latticelift.io.error.LatticeLiftException;

/**
 * Section {@code vacancies}: how many vacancies a real crystal has (EX-52).
 *
 * @param formationEv energy of formation E_f, eV
 * @param entropyKb entropy of formation s_f, units of k_B
 * @param mode whether there are always as many as in equilibrium
 * @param freezeK below this temperature they stay as many as there, K; mode quenched
 * @param clock in which schedules are written
 */
public record Vacancies(
    @Key("formation_eV")
        @Range(min = 0, minOpen = true, max = 20)
        @Doc("energy of formation of a vacancy, eV")
        double formationEv,
    @Default("0")
        @Key("entropy_kB")
        @Range(min = -50, max = 50)
        @Doc("entropy of formation, units of k_B")
        double entropyKb,
    @Default("equilibrium")
        @Doc(
            "equilibrium: always exp(s - E/kT) vacancies per site; quenched: no fewer than at"
                + " freeze_K")
        Mode mode,
    @Key("freeze_K")
        @Range(min = 0, minOpen = true, max = 10000)
        @Doc("mode quenched: temperature below which vacancies find no sink, K")
        Optional<Double> freezeK,
    @Default("simulated") @Doc("times of schedules: of the simulation, or real") Clock clock) {

  /** How many vacancies there are. */
  public enum Mode {
    /** As many as in equilibrium at every temperature. */
    EQUILIBRIUM,
    /** As many as in equilibrium, but below a temperature they find no sinks. */
    QUENCHED
  }

  /** Which times a schedule has. */
  public enum Clock {
    /** With the vacancies that are simulated. */
    SIMULATED,
    /** With those of a real crystal. */
    REAL
  }

  /**
   * Checks what cannot be checked key by key.
   *
   * @param formationEv positive
   * @param entropyKb any
   * @param mode with or without a temperature of freezing
   * @param freezeK of mode quenched only
   * @param clock of schedules
   */
  public Vacancies {
    if ((mode == Mode.QUENCHED) != freezeK.isPresent()) {
      throw LatticeLiftException.badData(
          mode == Mode.QUENCHED
              ? "quenched vacancies without a temperature at which they freeze"
              : "vacancies that freeze, and are in equilibrium",
          "vacancies.freeze_K",
          "freeze_K with mode: quenched, and with that only",
          mode == Mode.QUENCHED ? "Add freeze_K" : "Set mode to quenched, or remove freeze_K");
    }
  }
}
