package org.latticelift.bench.study.scaling;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.latticelift.bench.speed.DistributedSpeed;
import org.latticelift.io.hdf5.DatasetInfo;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.io.output.CsvWriter;
import org.latticelift.io.output.Figure;
import org.latticelift.io.output.Figure.Axis;
import org.latticelift.io.output.Layer;
import org.latticelift.io.run.directory.Provenance;
import org.latticelift.io.run.directory.RunDirectory;

/** Writes a study as tables, HDF5 and plots. */
public final class StudyFiles {
  private final ScalingStudy study;

  /** Prepares to write. */
  public StudyFiles(ScalingStudy study) {
    this.study = study;
  }

  /**
   * Writes {@code scale.csv}, {@code prediction.csv}, {@code stages.csv}, {@code method.csv},
   * {@code answers.csv}, {@code scale.h5}, {@code efficiency.svg}, {@code method.svg} and {@code
   * answers.svg} ({@code folder}: of studies; files of an earlier one are replaced).
   */
  public void write(RunDirectory folder, Provenance provenance) {
    folder.commitText("scale.csv", CsvWriter.text(measured()));
    folder.commitText("prediction.csv", CsvWriter.text(predictions()));
    folder.commit("scale.h5", beside -> hdf5(beside, provenance));
    folder.commitText("efficiency.svg", efficiency().svg() + "\n");
    writeMethod(folder);
  }

  /** What there is of the method: its stages, its work, its answers. */
  void writeMethod(RunDirectory folder) {
    if (!study.stages().isEmpty()) {
      folder.commitText("stages.csv", CsvWriter.text(stages()));
    }
    if (!study.method().isEmpty()) {
      folder.commitText("method.csv", CsvWriter.text(method()));
      folder.commitText("method.svg", costs().svg() + "\n");
    }
    study
        .answers()
        .ifPresent(
            answers -> {
              folder.commitText("answers.csv", CsvWriter.text(answers(answers)));
              folder.commitText("answers.svg", figure(answers).svg() + "\n");
            });
  }

  private static List<String> header(String names) {
    return List.of(names.split(","));
  }

  /** Cells by the formats between the commas of one format. */
  private static List<String> row(String formats, Object... values) {
    String[] each = formats.split(",");
    return IntStream.range(0, each.length)
        .mapToObj(i -> String.format(Locale.ROOT, each[i], values[i]))
        .toList();
  }

  private List<List<String>> measured() {
    List<List<String>> lines = new ArrayList<>();
    lines.add(
        header(
            "series,transport,ranks,sites,events_per_second[1/s],efficiency,cycle[s],evolve[s],"
                + "exchange[s],wait[s],messages_per_cycle,bytes_per_cycle,setup[s],observe[s],memory[MiB]"));
    for (String series : List.of(Measurement.STRONG, Measurement.WEAK)) {
      List<Measurement> all = study.series(series);
      for (Measurement m : all) {
        var speed = m.speed();
        double cycles = speed.cycles();
        lines.add(
            row(
                "%s,%s,%d,%d,%.6g,%.4f,%.6g,%.6g,%.6g,%.6g,%.6g,%.6g,%.4g,%.4g,%.1f",
                series,
                speed.transport(),
                m.ranks(),
                speed.sites(),
                speed.eventsPerSecond(),
                m.efficiency(all.get(0)),
                speed.seconds() / cycles,
                speed.mean().evolveSeconds() / cycles,
                speed.mean().exchangeSeconds() / cycles,
                speed.mean().waitSeconds() / cycles,
                speed.mean().messages(),
                speed.mean().bytes(),
                speed.setupSeconds(),
                speed.observeSeconds(),
                speed.peakMebibytes()));
      }
    }
    return lines;
  }

  private List<List<String>> predictions() {
    List<List<String>> lines =
        new ArrayList<>(List.of(header("ranks,strong_predicted,weak_predicted")));
    for (long ranks : ScalingStudy.PREDICTED) {
      lines.add(
          row(
              "%d,%.4f,%.4f",
              ranks,
              study.predicted(Measurement.STRONG, ranks),
              study.predicted(Measurement.WEAK, ranks)));
    }
    return lines;
  }

  private List<List<String>> stages() {
    List<List<String>> lines = new ArrayList<>(List.of(header("stage,ranks,wall[s]")));
    study.stages().forEach(s -> lines.add(row("%s,%d,%.4g", s.stage(), s.ranks(), s.seconds())));
    return lines;
  }

  private List<List<String>> method() {
    List<List<String>> lines =
        new ArrayList<>(List.of(header("condition,sites,method[core s],direct[core s]")));
    study
        .method()
        .forEach(
            c ->
                lines.add(
                    row(
                        "%s,%d,%.4g,%.4g",
                        c.condition(), c.sites(), c.methodSeconds(), c.directSeconds())));
    return lines;
  }

  private static List<List<String>> answers(Answers answers) {
    List<List<String>> lines =
        new ArrayList<>(List.of(header("questions,method[1/core h],direct[1/core h]")));
    for (long questions : Answers.QUESTIONS) {
      lines.add(row("%d,%.4g,%.4g", questions, answers.method(questions), answers.direct()));
    }
    return lines;
  }

  private static Figure figure(Answers answers) {
    double[] questions = Answers.QUESTIONS.stream().mapToDouble(Long::doubleValue).toArray();
    double[] method = Answers.QUESTIONS.stream().mapToDouble(answers::method).toArray();
    double[] direct = new double[questions.length];
    Arrays.fill(direct, answers.direct());
    return new Figure(
        "answers",
        "Answers per core hour",
        "Full line: learning once and a prediction for every question. Dashed: for every question"
            + " a direct run of as many sites as its means need.",
        Axis.logarithmic("questions"),
        Axis.logarithmic("answers per core hour"),
        List.of(
            Layer.line("method, learning included", 0, questions, method),
            Layer.dashed("direct runs", 1, questions, direct)));
  }

  private void hdf5(Path file, Provenance provenance) throws IOException {
    try (Hdf5Writer writer = Hdf5Writer.create(file)) {
      provenance.writeTo(writer);
      for (String series : List.of(Measurement.STRONG, Measurement.WEAK)) {
        String group = "/" + series;
        writer.group(group);
        List<Measurement> all = study.series(series);
        column(writer, group + "/ranks", "1", "number of ranks", all, Measurement::ranks);
        column(writer, group + "/sites", "1", "sites", all, m -> m.speed().sites());
        column(
            writer,
            group + "/wall_events_per_second",
            "1/s",
            "events per second of all ranks",
            all,
            m -> m.speed().eventsPerSecond());
        column(
            writer,
            group + "/wall_efficiency",
            "1",
            "events per second and rank against one rank",
            all,
            m -> m.efficiency(all.get(0)));
      }
    }
  }

  private static void column(
      Hdf5Writer writer,
      String path,
      String unit,
      String name,
      List<Measurement> all,
      ToDoubleFunction<Measurement> value) {
    double[] values = all.stream().mapToDouble(value).toArray();
    writer.dataset(path, values, new long[] {values.length}, DatasetInfo.of(unit, name, "job"));
  }

  private Figure efficiency() {
    List<Layer> layers = new ArrayList<>();
    double[] ranks = ScalingStudy.PREDICTED.stream().mapToDouble(Long::doubleValue).toArray();
    int colour = 0;
    for (String series : List.of(Measurement.STRONG, Measurement.WEAK)) {
      List<Measurement> all = study.series(series);
      double[] predicted =
          ScalingStudy.PREDICTED.stream().mapToDouble(r -> study.predicted(series, r)).toArray();
      layers.add(Layer.dashed(series + ", predicted", colour, ranks, predicted));
      double[] x = all.stream().mapToDouble(Measurement::ranks).toArray();
      double[] y = all.stream().mapToDouble(m -> m.efficiency(all.get(0))).toArray();
      layers.add(Layer.points(series + ", measured", colour, true, x, y, new double[x.length]));
      colour++;
    }
    return new Figure(
        "efficiency",
        "Efficiency of distributed kinetic Monte Carlo",
        "Points: measured. Dashed: prediction of a model fitted to latency, bandwidth and events.",
        Axis.logarithmic("ranks"),
        Axis.linear("efficiency"),
        layers);
  }

  private Figure costs() {
    Map<String, List<MethodCost>> byCondition = new LinkedHashMap<>();
    study
        .method()
        .forEach(c -> byCondition.computeIfAbsent(c.condition(), k -> new ArrayList<>()).add(c));
    List<Layer> layers = new ArrayList<>();
    int colour = 0;
    for (Map.Entry<String, List<MethodCost>> entry : byCondition.entrySet()) {
      double[] sites = entry.getValue().stream().mapToDouble(MethodCost::sites).toArray();
      double[] method = entry.getValue().stream().mapToDouble(MethodCost::methodSeconds).toArray();
      double[] direct = entry.getValue().stream().mapToDouble(MethodCost::directSeconds).toArray();
      layers.add(Layer.line(entry.getKey() + ", method", colour, sites, method));
      layers.add(Layer.dashed(entry.getKey() + ", direct", colour, sites, direct));
      Optional<MethodCost> even = MethodCost.breakEven(entry.getValue());
      if (even.isPresent()) {
        double[] x = {even.get().sites()};
        double[] y = {even.get().methodSeconds()};
        layers.add(
            Layer.points(entry.getKey() + ", break-even", colour, true, x, y, new double[1]));
      }
      colour++;
    }
    return new Figure(
        "method",
        "Estimated work of the method and of direct simulation",
        "Full lines: simulation, lifting, training and prediction. Dashed: direct runs. Point:"
            + " from here on the method is cheaper.",
        Axis.logarithmic("sites"),
        Axis.logarithmic("core seconds"),
        layers);
  }

  /**
   * One job of a series.
   *
   * @param series {@code strong}: the lattice of the configuration; {@code weak}: one for each rank
   * @param ranks number of ranks
   * @param speed what was measured, the median of the repeats by events per second
   */
  public record Measurement(String series, int ranks, DistributedSpeed speed) {
    /** Series of one lattice that ranks share. */
    public static final String STRONG = "strong";

    /** Series of a lattice that grows with the ranks. */
    public static final String WEAK = "weak";

    /**
     * Efficiency against the job with one rank of the same study ({@code one}: the job with one
     * rank); events per second and rank, relative.
     */
    public double efficiency(Measurement one) {
      return speed.eventsPerSecond() / ranks / one.speed.eventsPerSecond();
    }
  }
}
