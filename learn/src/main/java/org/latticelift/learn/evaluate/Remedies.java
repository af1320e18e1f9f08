package org.latticelift.learn.evaluate;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.latticelift.learn.ensemble.Horizon;
import org.latticelift.sim.simulate.RunDuration;
import org.latticelift.sim.simulate.SimulateConfig;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.CostEstimate;
import org.latticelift.sim.system.Extent;
import org.latticelift.sim.system.LatticeSystem;

/**
 * What helps where a result is doubtful, in words of the configuration: the key, what it says, what
 * would be enough, and what that costs.
 */
public final class Remedies {
  /** Runs that can be made longer. */
  enum Runs {
    SIMULATE,
    DIRECT;

    String key() {
      return name().toLowerCase(Locale.ROOT) + ".duration";
    }
  }

  private record Section(SimulateConfig config, Extent extent) {}

  private final Optional<LatticeSystem<?>> system;
  private final Map<Runs, Section> sections = new EnumMap<>(Runs.class);
  private final Optional<Horizon> horizon;

  private Remedies(Optional<LatticeSystem<?>> system, Optional<Horizon> horizon) {
    this.system = system;
    this.horizon = horizon;
  }

  /** For results whose configuration is not at hand; names keys without their values. */
  public static Remedies general() {
    return new Remedies(Optional.empty(), Optional.empty());
  }

  /**
   * For a configuration ({@code direct}: runs of the large one, if there are some), with its
   * values.
   */
  public static Remedies of(
      LatticeSystem<?> system,
      SimulateConfig simulate,
      Optional<SimulateConfig> direct,
      Horizon horizon) {
    Remedies remedies = new Remedies(Optional.of(system), Optional.of(horizon));
    remedies.sections.put(Runs.SIMULATE, new Section(simulate, system.small()));
    direct.ifPresent(d -> remedies.sections.put(Runs.DIRECT, new Section(d, system.large())));
    return remedies;
  }

  /** Whether the program has run the system itself. */
  boolean simulated() {
    return system.map(s -> s.options().imported().isEmpty()).orElse(true);
  }

  /** Barriers that prediction and direct runs share, in a sentence. */
  List<String> shared() {
    return system.map(s -> s.shared()).orElse(List.of());
  }

  /** Direct runs where there are none. */
  String addDirect() {
    return simulated()
        ? "Add a section direct, of a smaller lattice where this one is too expensive."
        : "Add samples.direct, of a smaller system where this one is too expensive.";
  }

  /** Longer direct runs. */
  public String lengthenDirect(String condition, double factor) {
    return lengthen(Runs.DIRECT, condition, factor);
  }

  String lengthen(Runs runs, String condition, double factor) {
    if (!simulated()) {
      return "Make the runs of samples.direct " + plain(factor) + " times as long.";
    }
    Section section = sections.get(runs);
    Optional<Condition> known =
        system.stream()
            .flatMap(s -> s.conditions().stream())
            .filter(c -> c.name().equals(condition))
            .findFirst();
    if (section == null || known.isEmpty()) {
      return "Lengthen " + runs.key() + " " + plain(factor) + " times.";
    }
    RunDuration duration = section.config().duration();
    double now = duration.value(known.get());
    double enough = roundedUp(now * factor);
    return String.format(
        Locale.ROOT,
        "Lengthen %s at %s from %s to %s%s%s.",
        runs.key(),
        condition,
        grouped(now),
        grouped(enough),
        unit(duration),
        cost(section, known.get(), enough));
  }

  /** A longer prediction. */
  public String predictLonger() {
    return horizon
        .filter(Horizon::common)
        .map(
            h ->
                String.format(
                    Locale.ROOT,
                    "Lengthen ensemble.horizon from {%s: %s} to {%s: %s}.",
                    h.key(),
                    plain(h.value()),
                    h.key(),
                    plain(2 * h.value())))
        .orElse("Lengthen ensemble.horizon.");
  }

  private String unit(RunDuration duration) {
    if (duration.isRelaxations()) {
      return " relaxation times";
    }
    String time = system.orElseThrow().timeUnit();
    return duration.isTime() ? (time.equals("1") ? " units of time" : " " + time) : " events";
  }

  private String cost(Section section, Condition condition, double length) {
    CostEstimate costs = system.orElseThrow().costs();
    RunDuration duration = section.config().duration();
    double eventTime = duration.isTime() ? costs.eventTime(condition) : 1;
    boolean known = eventTime > 0 && !duration.isRelaxations();
    if (!known || section.config().dynamics().isPresent()) {
      return "";
    }
    double events = length / eventTime * section.extent().patches() * section.config().runs();
    return " (about " + time(events * costs.eventCost(condition)) + " of one core)";
  }

  private static String time(double seconds) {
    if (seconds < 90) {
      return Math.max(1, Math.round(seconds)) + " s";
    }
    return seconds < 5400 ? Math.round(seconds / 60) + " min" : Math.round(seconds / 3600) + " h";
  }

  private static double roundedUp(double value) {
    double unit = Math.pow(10, Math.floor(Math.log10(value)) - 2);
    return Math.ceil(value / unit) * unit;
  }

  private static String grouped(double value) {
    return value >= 10_000
        ? String.format(Locale.ROOT, "%,d", Math.round(value)).replace(',', ' ')
        : plain(value);
  }

  private static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%.3g", value);
  }
}
