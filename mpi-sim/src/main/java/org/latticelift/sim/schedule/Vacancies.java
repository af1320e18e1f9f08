package org.latticelift.sim.schedule;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.latticelift.io.config.Binder.Default;
import org.latticelift.io.config.Binder.Doc;
import org.latticelift.io.config.Binder.Key;
import org.latticelift.io.config.Binder.Range;
import org.latticelift.io.error.LatticeLiftException;

/**
 * Section {@code vacancies}: how many vacancies a real crystal has (EX-52, EX-68). In equilibrium
 * there are c = exp(-G(T)/kT) per site, G = E - T s or from a table, or the sum over the species of
 * the vacant site, each with its share of the sites and a G of its own ({@code species}: the same
 * by species of the vacant site, in place of these).
 */
public record Vacancies(
    @Key("formation_eV")
        @Range(min = 0, minOpen = true, max = 20)
        @Doc("energy of formation of a vacancy, eV")
        Optional<Double> formationEv,
    @Default("0")
        @Key("entropy_kB")
        @Range(min = -50, max = 50)
        @Doc("entropy of formation, units of k_B")
        double entropyKb,
    @Default("[]")
        @Doc(
            "free energies of formation in place of both: [[T, G], ...], K and eV, straight between"
                + " the temperatures")
        List<List<Double>> table,
    @Default("{}")
        @Doc(
            "in place of these, by species of the vacant site: {Nb: {share: 0.5, formation_eV: 2.9,"
                + " entropy_kB: 1.5}, ...}, or with a table each")
        Map<String, Formation> species,
    @Default("equilibrium")
        @Doc(
            "equilibrium: always exp(-G/kT) vacancies per site; quenched: no fewer than at freeze_K;"
                + " sinks: by their rate law")
        Mode mode,
    @Key("freeze_K")
        @Range(min = 0, minOpen = true, max = 10000)
        @Doc("mode quenched: temperature below which vacancies find no sink, K")
        Optional<Double> freezeK,
    @Doc("mode sinks: how near they are, and how fast vacancies reach them") Optional<Sinks> sinks,
    @Default("0.1")
        @Key("uncertainty_eV")
        @Range(min = 0, max = 10)
        @Doc("of the free energy, to say by which factor times may be off")
        double uncertaintyEv,
    @Default("simulated") @Doc("times of schedules: of the simulation, or real") Clock clock) {

  /** Boltzmann's constant, eV/K. */
  static final double BOLTZMANN = 8.617333e-5;

  /** How many vacancies there are. */
  public enum Mode {
    /** As many as in equilibrium at every temperature. */
    EQUILIBRIUM,
    /** As many as in equilibrium, but below a temperature they find no sinks. */
    QUENCHED,
    /** They come and go by a rate law. */
    SINKS
  }

  /** Which times a schedule has. */
  public enum Clock {
    /** With the vacancies that are simulated. */
    SIMULATED,
    /** With those of a real crystal. */
    REAL
  }

  /** Vacancies on the sites of one species. */
  public record Formation(
      @Range(min = 0, max = 1) @Doc("share of the sites") double share,
      @Key("formation_eV")
          @Range(min = 0, minOpen = true, max = 20)
          @Doc("energy of formation of a vacancy there, eV")
          Optional<Double> formationEv,
      @Default("0")
          @Key("entropy_kB")
          @Range(min = -50, max = 50)
          @Doc("entropy of formation, units of k_B")
          double entropyKb,
      @Default("[]") @Doc("free energies in place of both: [[T, G], ...], K and eV")
          List<List<Double>> table) {
    /** Checks that there is one kind of numbers. */
    public Formation {
      if (formationEv.isPresent() != table.isEmpty()) {
        throw LatticeLiftException.badData(
            table.isEmpty()
                ? "vacancies without an energy of formation"
                : "an energy of formation beside a table of free energies",
            "vacancies.formation_eV",
            "formation_eV (eV) and entropy_kB, or a table, or species",
            table.isEmpty() ? "Add it" : "Remove one of them");
      }
      double before = 0;
      for (List<Double> row : table) {
        if (row.size() != 2 || !(row.get(0) > before) || !Double.isFinite(row.get(1))) {
          throw LatticeLiftException.badData(
              "a row " + row + " of free energies",
              "vacancies.table",
              "[T, G] with growing temperatures above 0, K and eV",
              "Correct it");
        }
        before = row.get(0);
      }
      if (table.size() == 1) {
        throw LatticeLiftException.badData(
            "a table of one temperature",
            "vacancies.table",
            "at least two rows",
            "Add one, or give formation_eV");
      }
    }

    /** Per site of the species; an error beyond the ends of a table. */
    double concentration(double kelvin) {
      return StrictMath.exp(
          formationEv.isPresent()
              ? entropyKb - formationEv.get() / (BOLTZMANN * kelvin)
              : -tabled(kelvin) / (BOLTZMANN * kelvin));
    }

    private double tabled(double kelvin) {
      double first = table.get(0).get(0);
      double last = table.get(table.size() - 1).get(0);
      if (kelvin < first || kelvin > last) {
        throw LatticeLiftException.badData(
            "vacancies at " + kelvin + " K",
            "vacancies.table",
            "temperatures of the table, " + first + " to " + last + " K",
            "Add rows, or change the schedule");
      }
      int right = 1;
      while (table.get(right).get(0) < kelvin) {
        right++;
      }
      List<Double> low = table.get(right - 1);
      List<Double> high = table.get(right);
      double part = (kelvin - low.get(0)) / (high.get(0) - low.get(0));
      return low.get(1) + part * (high.get(1) - low.get(1));
    }

    private String text() {
      return formationEv.isPresent()
          ? String.format(Locale.ROOT, "E = %.2f eV, s = %.2f k_B", formationEv.get(), entropyKb)
          : String.format(
              Locale.ROOT,
              "G = %.2f eV at %.0f K to %.2f eV at %.0f K",
              table.get(0).get(1),
              table.get(0).get(0),
              table.get(table.size() - 1).get(1),
              table.get(table.size() - 1).get(0));
    }
  }

  /** The rate law dc/dt = -k² D(T) (c - c_eq(T)): sinks are sources, too. */
  public record Sinks(
      @Key("strength_per_m2") @Range(min = 0, max = 1e30) @Doc("sink strength k², 1/m²")
          double strength,
      @Key("D0_m2_per_s")
          @Range(min = 0, minOpen = true, max = 1)
          @Doc("diffusion coefficient of vacancies, D0 exp(-Q/kT): D0, m²/s")
          double d0,
      @Key("Q_eV") @Range(min = 0, max = 20) @Doc("its activation energy Q, eV")
          double activationEv) {
    /** Per second. */
    double rate(double kelvin) {
      return strength * d0 * StrictMath.exp(-activationEv / (BOLTZMANN * kelvin));
    }
  }

  /** Checks what cannot be checked key by key. */
  public Vacancies {
    if ((mode == Mode.QUENCHED) != freezeK.isPresent()) {
      throw LatticeLiftException.badData(
          mode == Mode.QUENCHED
              ? "quenched vacancies without a temperature at which they freeze"
              : "vacancies that freeze, in another mode than quenched",
          "vacancies.freeze_K",
          "freeze_K with mode: quenched, and with that only",
          mode == Mode.QUENCHED ? "Add freeze_K" : "Set mode to quenched, or remove freeze_K");
    }
    if ((mode == Mode.SINKS) != sinks.isPresent()) {
      throw LatticeLiftException.badData(
          mode == Mode.SINKS ? "sinks of which nothing is said" : "sinks in another mode",
          "vacancies.sinks",
          "sinks: {strength_per_m2: K2, D0_m2_per_s: D0, Q_eV: Q} with mode: sinks, and with that"
              + " only",
          mode == Mode.SINKS ? "Add sinks" : "Set mode to sinks, or remove them");
    }
    if (mode == Mode.SINKS && clock != Clock.REAL) {
      throw LatticeLiftException.badData(
          "sinks, and schedules in simulated time",
          "vacancies.clock",
          "clock: real, as vacancies find sinks in real time",
          "Set it, and write schedules in real seconds");
    }
    if (species.isEmpty()) {
      new Formation(1, formationEv, entropyKb, table);
    } else {
      requireShares(species);
      if (formationEv.isPresent() || !table.isEmpty()) {
        throw LatticeLiftException.badData(
            "vacancies of species beside a single energy",
            "vacancies.species",
            "one of formation_eV, table and species",
            "Remove the others");
      }
    }
  }

  /**
   * Of the simplest kind ({@code formationEv}: energy of formation, eV; {@code entropyKb}: its
   * entropy, units of k_B); always in equilibrium, schedules in simulated time.
   */
  public static Vacancies of(double formationEv, double entropyKb) {
    return new Vacancies(
        Optional.of(formationEv),
        entropyKb,
        List.of(),
        Map.of(),
        Mode.EQUILIBRIUM,
        Optional.empty(),
        Optional.empty(),
        0.1,
        Clock.SIMULATED);
  }

  private static void requireShares(Map<String, Formation> species) {
    double sum = species.values().stream().mapToDouble(Formation::share).sum();
    if (!(Math.abs(sum - 1) < 1e-3)) {
      throw LatticeLiftException.badData(
          "shares of species that add up to " + sum,
          "vacancies.species",
          "shares of the sites, together 1",
          "Correct them");
    }
  }

  /** Whether there are no sinks at all. */
  boolean neverFind() {
    return sinks.map(Sinks::strength).filter(strength -> strength == 0).isPresent();
  }

  /** The same crystal, whose vacancies stay below a temperature. */
  Vacancies frozen(double kelvin) {
    return new Vacancies(
        formationEv,
        entropyKb,
        table,
        species,
        Mode.QUENCHED,
        Optional.of(kelvin),
        Optional.empty(),
        uncertaintyEv,
        clock);
  }

  /** In equilibrium, per site. */
  double equilibrium(double kelvin) {
    if (species.isEmpty()) {
      return new Formation(1, formationEv, entropyKb, table).concentration(kelvin);
    }
    return species.values().stream()
        .mapToDouble(each -> each.share() * each.concentration(kelvin))
        .sum();
  }

  /** What is assumed, in short; such as {@code E = 2.80 eV, s = 1.50 k_B, equilibrium}. */
  public String text() {
    StringBuilder text = new StringBuilder();
    if (species.isEmpty()) {
      text.append(new Formation(1, formationEv, entropyKb, table).text());
    }
    species.forEach(
        (name, each) ->
            text.append(text.length() == 0 ? "" : "; ")
                .append(name)
                .append(String.format(Locale.ROOT, " (%.3g of the sites): ", each.share()))
                .append(each.text()));
    text.append(", ").append(mode.name().toLowerCase(Locale.ROOT));
    freezeK.ifPresent(kelvin -> text.append(String.format(Locale.ROOT, " below %.0f K", kelvin)));
    sinks.ifPresent(
        each ->
            text.append(
                String.format(
                    Locale.ROOT,
                    " of %.3g per m2, D = %.3g m2/s exp(-%.2f eV/kT)",
                    each.strength(),
                    each.d0(),
                    each.activationEv())));
    return text.toString();
  }
}
