package org.latticelift.learn.experiment;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.LatticeLiftException;

/**
 * A column of the table of an experiment: {@code late_mean} is of the first observable, {@code
 * late_mean.rho} of the observable {@code rho}, {@code late_mean.all} stands for one of each.
 *
 * @param quantity what is measured
 * @param observable of which observable; absent: as the quantity says
 */
public record Column(Quantity quantity, Optional<String> observable) {
  private static final String ALL = "all";

  /**
   * Reads a column ({@code node}: a quantity, with a dot and an observable where the quantity is of
   * one); the column; an error names the quantities.
   */
  public static Column fromConfig(ConfigNode node) {
    return of(node.text(), node.where());
  }

  /**
   * Names a column ({@code key}: such as {@code late_mean.rho}; names of observables may have dots;
   * {@code where}: it is written, for errors).
   */
  static Column of(String key, String where) {
    int dot = key.indexOf('.');
    String name = dot < 0 ? key : key.substring(0, dot);
    Quantity quantity =
        Arrays.stream(Quantity.values())
            .filter(one -> one.key().equals(name))
            .findFirst()
            .orElseThrow(() -> unknown(name, where));
    Optional<String> observable =
        dot < 0 ? Optional.empty() : Optional.of(key.substring(dot + 1)).filter(o -> !o.isEmpty());
    if (dot >= 0 && (observable.isEmpty() || !quantity.ofObservables())) {
      throw LatticeLiftException.badData(
          "'" + key + "' is no quantity of an observable",
          where,
          Stream.of(Quantity.values()).filter(Quantity::ofObservables).map(Quantity::key).toList()
              + " with a dot and an observable or all",
          "Correct the name");
    }
    return new Column(quantity, observable);
  }

  private static LatticeLiftException unknown(String name, String where) {
    return LatticeLiftException.badData(
        "no quantity '" + name + "'",
        where,
        "one of " + Arrays.stream(Quantity.values()).map(Quantity::key).toList(),
        "Correct the name");
  }

  /** A column without an observable of its own. */
  static Column of(Quantity quantity) {
    return new Column(quantity, Optional.empty());
  }

  /** The inverse of {@link #fromConfig}. */
  public ConfigNode toConfig() {
    return ConfigNode.parse(key(), "column");
  }

  String key() {
    return observable.map(name -> quantity.key() + '.' + name).orElse(quantity.key());
  }

  String title() {
    String words = quantity.key().replace("late_", "equilibrium_").replace('_', ' ');
    return observable.map(name -> words + " of " + name).orElse(words);
  }

  boolean all() {
    return observable.filter(ALL::equals).isPresent();
  }

  /** The columns it stands for; an error where there is no such observable. */
  List<Column> expanded(List<String> observables) {
    if (all()) {
      return observables.stream().map(name -> new Column(quantity, Optional.of(name))).toList();
    }
    if (observable.isPresent() && !observables.contains(observable.get())) {
      throw LatticeLiftException.badData(
          "no observable '" + observable.get() + "'",
          "experiment, " + key(),
          "one of " + observables + " or all",
          "Correct the name");
    }
    return List.of(this);
  }

  int component(List<String> observables) {
    return observable.map(observables::indexOf).orElse(0);
  }
}
