package org.latticelift.learn.barrierfit.choice;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.latticelift.io.run.progress.Progress;
import org.latticelift.io.run.progress.ProgressFactory;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.learn.barrierfit.BarrierForm;
import org.latticelift.learn.barrierfit.BarrierTable;
import org.latticelift.learn.barrierfit.FitConfig;
import org.latticelift.learn.barrierfit.FittedNetwork;
import org.latticelift.learn.barrierfit.NetworkFit;
import org.latticelift.learn.barrierfit.RowSplit;
import org.latticelift.learn.barrierfit.linear.BarrierRows;
import org.latticelift.learn.barrierfit.linear.Choice;
import org.latticelift.learn.barrierfit.linear.LinearDesign.Spec;
import org.latticelift.learn.barrierfit.linear.LinearFit;
import org.latticelift.learn.barrierfit.linear.LinearFit.Fitted;
import org.latticelift.learn.barrierfit.linear.StructureFolds;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.Streams;

/**
 * Compares forms of barrier models by folds of structures and fits the one that is kept. Whatever a
 * form chooses (shells, strength of the ridge, weights of a network) is chosen again without each
 * fold, by other folds, and so is the form whose error is stated.
 */
final class ModelChoice {
  private static final long FOLDS = 0;
  private static final double WEAKEST = 1e-6;

  private final BarrierRows rows;
  private final StructureFolds folds;
  private final LinearFit fit;
  private final long seed;
  private final StopSignal stop;
  private final Map<BarrierForm, double[]> heldOut = new EnumMap<>(BarrierForm.class);
  private final Map<BarrierForm, double[]> errors = new EnumMap<>(BarrierForm.class);

  ModelChoice(BarrierRows rows, long seed, StopSignal stop) {
    this.rows = rows;
    this.seed = seed;
    this.stop = stop;
    int[] all = IntStream.range(0, rows.size()).toArray();
    folds =
        StructureFolds.of(
            rows, all, StructureFolds.USUAL, new Streams(seed).stream(Purpose.BARRIER_FIT, FOLDS));
    fit = new LinearFit(rows, folds);
    fit.requireRows();
  }

  /** Predicts every barrier by models that were fitted without its fold. */
  void compare(List<BarrierForm> forms, ProgressFactory progress) {
    try (Progress shown = progress.start("barrier train", (long) forms.size() * folds.count())) {
      for (BarrierForm form : forms) {
        double[] predicted = new double[rows.size()];
        for (int f = 0; f < folds.count(); f++) {
          stop.check();
          predict(form, f, predicted);
          shown.step(1);
        }
        heldOut.put(form, predicted);
        errors.put(form, squares(predicted));
      }
    }
  }

  private void predict(BarrierForm form, int held, double[] predicted) {
    Fitted base = base(form, fit.without(held));
    int[] of = folds.of(held);
    for (int i : of) {
      predicted[i] = fit.predict(base, i);
    }
    if (form == BarrierForm.NETWORK) {
      int watched = (held + 1) % folds.count();
      int[] training =
          Arrays.stream(folds.without(held)).filter(i -> folds.fold()[i] != watched).toArray();
      try (NetworkFit network = network(base, training, folds.of(watched))) {
        double[] more = network.predict(tableRows(of));
        for (int k = 0; k < of.length; k++) {
          predicted[of[k]] += more[k];
        }
      }
    }
  }

  private Fitted base(BarrierForm form, boolean[] included) {
    Choice choice =
        form == BarrierForm.MEAN
            ? new Choice(new Spec(0, 0, false), WEAKEST)
            : fit.choose(included);
    return fit.fit(choice, included);
  }

  private int[] tableRows(int[] of) {
    return Arrays.stream(of).map(rows::tableRow).toArray();
  }

  /** A network of what a linear model leaves; it keeps the weights that are best for some rows. */
  private NetworkFit network(Fitted base, int[] training, int[] watched) {
    BarrierTable table = rows.table();
    float[] left = table.barrier().clone();
    for (int i = 0; i < rows.size(); i++) {
      left[rows.tableRow(i)] = (float) (rows.barrier(i) - fit.predict(base, i));
    }
    NetworkFit network =
        new NetworkFit(
            settings(training.length),
            table,
            rows.crystal(),
            seed,
            new RowSplit(tableRows(training), tableRows(watched)),
            left);
    network.run(Optional.empty(), ProgressFactory.quiet(), stop);
    return network;
  }

  /** Sizes, rows to see and points at which weights may be kept, by the number of rows. */
  static FitConfig settings(int trainingRows) {
    int width = (int) Math.max(8, Math.min(64, Math.round(Math.sqrt(trainingRows) / 2)));
    long seen = Math.max(100_000, Math.min(5_000_000, 300L * trainingRows));
    return new FitConfig(List.of(width, width), seen, 4096, 3e-3, 0.05, 0, 60, Long.MAX_VALUE);
  }

  private double[] squares(double[] predicted) {
    double[] squares = new double[folds.count()];
    for (int i = 0; i < predicted.length; i++) {
      double difference = predicted[i] - rows.barrier(i);
      squares[folds.fold()[i]] += difference * difference;
    }
    return squares;
  }

  /** The simplest form within one standard error of the best. */
  BarrierForm chosen() {
    return chosen(-1);
  }

  private BarrierForm chosen(int without) {
    List<BarrierForm> forms = new ArrayList<>(errors.keySet());
    List<double[]> each = new ArrayList<>();
    for (BarrierForm form : forms) {
      double[] all = errors.get(form);
      each.add(
          IntStream.range(0, all.length)
              .filter(f -> f != without)
              .mapToDouble(f -> all[f])
              .toArray());
    }
    return forms.get(LinearFit.simplest(each));
  }

  /** Held-out predictions: each fold is predicted by the form chosen without it. */
  double[] nested() {
    double[] predicted = new double[rows.size()];
    for (int f = 0; f < folds.count(); f++) {
      double[] own = heldOut.get(chosen(f));
      for (int i : folds.of(f)) {
        predicted[i] = own[i];
      }
    }
    return predicted;
  }

  /** What a form predicted for each row without having seen its fold, eV. */
  double[] heldOut(BarrierForm form) {
    return heldOut.get(form);
  }

  /** The linear part of a form, fitted to all rows. */
  Fitted fitted(BarrierForm form) {
    return base(form, fit.without(-1));
  }

  LinearFit linear() {
    return fit;
  }

  BarrierRows rows() {
    return rows;
  }

  /** The network on top of a linear model; all folds but one are fitted to, which is watched. */
  FittedNetwork network(Fitted base) {
    try (NetworkFit network = network(base, folds.without(0), folds.of(0))) {
      return network.result(Optional.empty(), stop);
    }
  }

  /**
   * The learning curve of a form: numbers of rows fitted to, and root mean square errors on others,
   * eV.
   */
  List<double[]> curve(BarrierForm form, Fitted fitted) {
    if (form != BarrierForm.NETWORK) {
      return fit.curve(fitted.choice());
    }
    List<double[]> curve = new ArrayList<>();
    for (int taken : new int[] {folds.count() / 4, folds.count() / 2}) {
      if (taken < 1) {
        continue;
      }
      double squares = 0;
      int tested = 0;
      int used = 0;
      boolean[] included = new boolean[folds.count()];
      for (int k = 0; k < taken; k++) {
        included[k] = true;
      }
      Fitted base = fit.fit(fitted.choice(), included);
      int last = taken;
      int[] training =
          IntStream.range(0, rows.size()).filter(i -> folds.fold()[i] < last).toArray();
      int[] others = IntStream.range(0, rows.size()).filter(i -> folds.fold()[i] > last).toArray();
      try (NetworkFit network = network(base, training, folds.of(last))) {
        double[] more = network.predict(tableRows(others));
        for (int k = 0; k < others.length; k++) {
          double difference = fit.predict(base, others[k]) + more[k] - rows.barrier(others[k]);
          squares += difference * difference;
          tested++;
        }
        used = training.length + folds.of(last).length;
      }
      curve.add(new double[] {used, Math.sqrt(squares / Math.max(1, tested))});
    }
    double all = Arrays.stream(errors.get(form)).sum();
    double size = rows.size();
    curve.add(new double[] {size * (folds.count() - 1) / folds.count(), Math.sqrt(all / size)});
    return curve;
  }
}
