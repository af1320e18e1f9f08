package org.latticelift.app.advice;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.sim.simulate.RunDuration;
import org.latticelift.sim.simulate.SimulateConfig;
import org.latticelift.sim.system.Condition;

/** Late means need runs that have forgotten their start, where it is known how long that takes. */
final class ShortRuns implements Advice {
  private static final double ADVISED = 8;

  private final String section;
  private final Optional<SimulateConfig> runs;
  private final List<Condition> conditions;
  private final RelaxationKnowledge known;

  /**
   * @param section {@code simulate} or {@code direct}
   * @param runs what it says, where it is there
   */
  ShortRuns(
      String section,
      Optional<SimulateConfig> runs,
      List<Condition> conditions,
      RelaxationKnowledge known) {
    this.section = section;
    this.runs = runs;
    this.conditions = conditions;
    this.known = known;
  }

  /** A run of one condition; {@code has} and {@code needs} are durations as configured. */
  private record Length(Condition condition, double has, double needs, Optional<String> basis) {
    boolean enough() {
      return has >= needs;
    }

    double relaxations() {
      return ADVISED * has / needs;
    }
  }

  /** Events of other dynamics are other events; experiments may compare what is not relaxed. */
  @Override
  public Optional<String> about(ConfigNode user, ConfigNode resolved) {
    boolean judged = runs.isPresent() && runs.get().dynamics().isEmpty();
    if (!judged || user.find("experiment").isPresent()) {
      return Optional.empty();
    }
    RunDuration duration = runs.get().duration();
    List<Length> lengths = conditions.stream().map(c -> length(duration, c)).toList();
    List<Length> few = lengths.stream().filter(length -> !length.enough()).toList();
    return few.isEmpty() ? Optional.empty() : Optional.of(text(duration, lengths, few));
  }

  private Length length(RunDuration duration, Condition condition) {
    double has = duration.value(condition);
    if (duration.isRelaxations()) {
      return new Length(condition, has, ADVISED, Optional.of("the key itself"));
    }
    return known
        .at(condition)
        .map(r -> new Length(condition, has, needs(duration, condition, r), Optional.of(r.basis())))
        .orElseGet(() -> new Length(condition, has, 0, Optional.empty()));
  }

  /** In the unit of the duration; 0 where that cannot be told. */
  private double needs(RunDuration duration, Condition condition, ExpectedRelaxation relaxation) {
    double needed = ADVISED * relaxation.value();
    boolean sameUnit = duration.isTime() == (relaxation.unit() == ExpectedRelaxation.Unit.TIME);
    if (sameUnit) {
      return needed;
    }
    double eventTime = known.eventTime(condition);
    return eventTime > 0 ? relaxation.unit().convert(needed, eventTime) : 0;
  }

  private String text(RunDuration duration, List<Length> lengths, List<Length> few) {
    Set<String> bases = new LinkedHashSet<>();
    few.forEach(length -> bases.add(length.basis().orElseThrow()));
    return String.format(
        Locale.ROOT,
        "%s.duration is short, %s relaxation times (known from %s): late means still know the"
            + " start, and %.0f are advised. Set %s.duration=%s",
        section,
        few.stream()
            .map(l -> l.condition().name() + ": " + digits(l.relaxations()))
            .collect(Collectors.joining(", ")),
        String.join(", ", bases),
        ADVISED,
        section,
        longer(duration, lengths));
  }

  private static String digits(double relaxations) {
    return String.format(Locale.ROOT, relaxations < 0.1 ? "%.1g" : "%.1f", relaxations);
  }

  /** The duration with which no condition is short. */
  private static String longer(RunDuration duration, List<Length> lengths) {
    String key = duration.toConfig().keys().get(0);
    if (lengths.size() == 1) {
      return "{" + key + ": " + number(lengths.get(0)) + "}";
    }
    return lengths.stream()
        .map(l -> plain(l.condition().value()) + ": " + number(l))
        .collect(Collectors.joining(", ", "{" + key + ": {", "}}"));
  }

  /** Two digits, rounded up where the duration has to grow. */
  private static String number(Length length) {
    if (length.enough()) {
      return plain(length.has());
    }
    MathContext digits = new MathContext(2, RoundingMode.CEILING);
    return plain(new BigDecimal(length.needs()).round(digits).doubleValue());
  }

  private static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
