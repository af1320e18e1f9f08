package org.latticelift.learn.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.latticelift.io.testing.Failures.assertFails;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.hdf5.DatasetInfo;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.io.output.CsvReader;
import org.latticelift.io.run.directory.KeptResults;
import org.latticelift.io.run.directory.OpenMode;
import org.latticelift.io.run.directory.Provenance;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.io.run.stage.StageContext;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.io.testing.ExternalTool;
import org.latticelift.io.testing.WatchedProgress;
import org.latticelift.learn.ensemble.PathPrediction;
import org.latticelift.learn.kernel.PlainSdeKernel;
import org.latticelift.learn.kernel.PointLayers;
import org.latticelift.learn.kernel.StepScheme;
import org.latticelift.learn.predict.PredictConfig;
import org.latticelift.learn.sde.ModelFile;
import org.latticelift.learn.sde.SdeModel;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;

/** Ends of many histories against the readable kernel and against the exported file. */
class HistoriesTest {
  private static final Path TRAINED = Path.of("..", "configs", "trained");
  private static final int MANY = 300;

  /** Prints means and half widths of histories, whose numbers of points come before the points. */
  private static final String DRIVER =
      """
      #include "law.c"
      #include <stdio.h>

      int main(int argc, char **argv)
      {
        static double time[1000], condition[1000];
        double y[1][MODELS][D], center[M], half[M];
        int points;
        FILE *in = fopen(argv[argc - 1], "r");
        if (!in) return 1;
        while (fscanf(in, "%d", &points) == 1) {
          for (int i = 0; i < points; i++)
            if (fscanf(in, "%lf %lf", &time[i], &condition[i]) != 2) return 2;
          law_start(y[0]);
          law_advance(1, points, time, condition, 0, y);
          law_mean(y[0], center, half);
          for (int i = 0; i < M; i++) printf("%.17g\\n%.17g\\n", center[i], half[i]);
        }
        return 0;
      }
      """;

  @TempDir private Path folder;

  /** Points of a history. */
  private record Course(double[] time, double[] value) {}

  private static SdeModel model(String name) {
    return ModelFile.read(TRAINED.resolve(name + ".h5"));
  }

  /** Up and down, with jumps, short and much longer than what a state remembers. */
  private static List<Course> drawn(SdeModel model, int count) {
    RandomStream stream = new Streams(4).stream(Purpose.CHECK, count);
    double[] trained = model.scaling().condition();
    double width = trained[trained.length - 1] - trained[0];
    return IntStream.range(0, count)
        .mapToObj(
            i -> {
              int points = 2 + stream.below(6);
              double[] time = new double[points];
              double[] value = new double[points];
              for (int p = 0; p < points; p++) {
                value[p] = trained[0] + width * stream.uniform();
                double hottest = Math.max(value[p], value[Math.max(0, p - 1)]);
                double unit = model.scaling().timeUnit(hottest, false);
                double units = stream.below(8) == 0 ? 0 : Math.exp(8 * stream.uniform() - 4);
                time[p] = p == 0 ? 0 : time[p - 1] + unit * Math.max(p == 1 ? 1e-3 : 0, units);
              }
              return new Course(time, value);
            })
        .toList();
  }

  private Path csv(SdeModel model, List<Course> courses) throws IOException {
    boolean seconds = model.scaling().quantities().timeUnit().equals("s");
    StringBuilder text =
        new StringBuilder(seconds ? "history,time_s," : "history,time,")
            .append(model.scaling().quantities().parameter())
            .append('\n');
    for (int i = 0; i < courses.size(); i++) {
      Course course = courses.get(i);
      for (int p = 0; p < course.time.length; p++) {
        text.append("h" + i + "," + course.time[p] + "," + course.value[p] + "\n");
      }
    }
    return Files.writeString(folder.resolve("histories-" + courses.size() + ".csv"), text);
  }

  private static PredictConfig config(String model, Path histories, String more) {
    String yaml =
        "{model: '%s', histories: '%s'%s}"
            .formatted(TRAINED.resolve(model + ".h5"), histories, more);
    return Binder.bind(ConfigNode.parse(yaml, "test.yaml"), PredictConfig.class);
  }

  private Path run(String out, PredictConfig config, int threads, boolean stopped) {
    StopSignal stop = StopSignal.none();
    HistoriesStage stage = new HistoriesStage(config);
    stage.check();
    assertThat(stage.plan().seconds()).isPositive();
    assertThat(stage.plan().memory().shared()).isPositive();
    OpenMode mode = Files.exists(folder.resolve(out)) ? OpenMode.RESUME : OpenMode.NEW;
    try (RunDirectory directory = RunDirectory.open(folder.resolve(out), mode, "test")) {
      stage.run(
          new StageContext(
              directory,
              Provenance.here("seed: 1\n", 1, 1),
              1,
              threads,
              WatchedProgress.stopAfter(stopped ? 1 : Long.MAX_VALUE, stop),
              stop));
      assertThat(stage.outputs()).allMatch(directory::complete);
      assertThat(directory.results()).noneMatch(file -> file.contains("checkpoint"));
      assertThat(stage.lines(directory)).anyMatch(line -> line.contains("histories"));
    }
    return folder.resolve(out);
  }

  private Path run(String out, PredictConfig config) {
    return run(out, config, 2, false);
  }

  private static double[] numbers(Path run, String name) {
    try (Hdf5Reader reader = Hdf5Reader.open(run.resolve(HistoriesStage.FILE))) {
      return reader.doubles("/" + name);
    }
  }

  /** Piece by piece, from the first on, for histories that are not longer than the memory. */
  private static double[] expected(SdeModel model, Course course) {
    double[] longest = LawExport.longest(model);
    double[] trained = model.scaling().condition();
    double change = PathPrediction.change(trained);
    double[] mean = new double[model.map().observables().size()];
    for (int k = 0; k < model.models().size(); k++) {
      double[] z = LawCheck.start(model);
      PlainSdeKernel any =
          new PlainSdeKernel(model.architecture(), model.models().get(k), trained[0], 1);
      for (int s = 0; s + 1 < course.time.length; s++) {
        double step = course.value[s + 1] - course.value[s];
        int pieces = (int) Math.max(1, Math.ceil(Math.abs(step) / change));
        for (int p = 0; p < pieces; p++) {
          double at = course.value[s] + step * (p + 0.5) / pieces;
          double time = (course.time[s + 1] - course.time[s]) / pieces;
          double units = time / model.scaling().timeUnit(at, false);
          int right = 0;
          while (trained[right] < at) {
            right++;
          }
          double most = Math.min(longest[right], longest[Math.max(0, right - 1)]);
          int steps = (int) Math.ceil(units / most);
          PlainSdeKernel kernel = any.at(at);
          for (int i = 0; i < steps; i++) {
            z = kernel.step(z, units / steps, new double[z.length], StepScheme.RUNGE_KUTTA);
          }
        }
      }
      double[] physical = new double[z.length];
      for (int v = 0; v < z.length; v++) {
        physical[v] = model.scaling().toPhysical(v, z[v]);
      }
      double[] full = new double[mean.length];
      model.map().expand(physical, full);
      Arrays.setAll(mean, c -> mean[c] + full[c] / model.models().size());
    }
    return mean;
  }

  @ParameterizedTest
  @ValueSource(strings = {"ising", "alloy-compact"})
  void endsAreThoseOfReadableSteps(String name) throws IOException {
    SdeModel model = model(name);
    double[] trained = model.scaling().condition();
    double high = trained[0] + 0.83 * (trained[trained.length - 1] - trained[0]);
    double low = trained[0] + 0.71 * (trained[trained.length - 1] - trained[0]);
    double unit = model.scaling().timeUnit(high, false);
    List<Course> courses =
        List.of(
            new Course(new double[] {0, 3 * unit}, new double[] {high, high}),
            new Course(new double[] {0, unit, 4 * unit}, new double[] {low, high, low}),
            new Course(new double[] {5, 5 + 2 * unit}, new double[] {high, low}));
    double[] mean = numbers(run("run", config(name, csv(model, courses), "")), "mean");
    int m = model.map().observables().size();
    for (int i = 0; i < courses.size(); i++) {
      assertThat(Arrays.copyOfRange(mean, i * m, (i + 1) * m))
          .containsExactly(expected(model, courses.get(i)), within(i == 2 ? 1e-6 : 1e-10));
    }
  }

  @Tag("pipeline")
  @ParameterizedTest
  @ValueSource(strings = {"ising", "alloy-compact"})
  void endsAreThoseOfTheExportedFile(String name) throws IOException {
    SdeModel model = model(name);
    List<Course> courses = drawn(model, MANY / 4);
    Path made = run("run", config(name, csv(model, courses), ""));
    Files.writeString(
        folder.resolve("law.c"), LawExport.text(model, Language.C, "law", List.of("a test")));
    Files.writeString(folder.resolve("driver.c"), DRIVER);
    Files.writeString(
        folder.resolve("points"),
        courses.stream()
            .map(
                course ->
                    IntStream.range(0, course.time.length)
                        .mapToObj(p -> course.time[p] + " " + course.value[p])
                        .collect(Collectors.joining("\n", course.time.length + "\n", "\n")))
            .collect(Collectors.joining()));
    String law = folder.resolve("law").toString();
    ExternalTool.run(
        "cc", "-std=c99", "-O1", folder.resolve("driver.c").toString(), "-o", law, "-lm");
    double[] exported =
        ExternalTool.run(law, folder.resolve("points").toString())
            .replace("nan", "NaN")
            .lines()
            .mapToDouble(Double::parseDouble)
            .toArray();
    double[] mean = numbers(made, "mean");
    double[] half = numbers(made, "mean_half_width");
    assertThat(exported).hasSize(2 * mean.length);
    for (int i = 0; i < mean.length; i++) {
      double size = Math.max(1e-3, Math.abs(exported[2 * i]));
      assertThat(mean[i]).isCloseTo(exported[2 * i], within(1e-6 * size));
      assertThat(half[i]).isCloseTo(exported[2 * i + 1], within(1e-6 * size));
    }
  }

  @Tag("pipeline")
  @Test
  void neitherThreadsNorNeighboursNorStopsChangeABit() throws IOException {
    SdeModel model = model("ising");
    List<Course> courses = drawn(model, MANY);
    PredictConfig config = config("ising", csv(model, courses), "");
    double[] mean = numbers(run("one", config, 1, false), "mean");
    assertThat(numbers(run("three", config, 3, false), "mean")).isEqualTo(mean);
    int m = model.map().observables().size();
    Path alone = csv(model, courses.subList(77, 78));
    assertThat(numbers(run("alone", config("ising", alone, "")), "mean"))
        .isEqualTo(Arrays.copyOfRange(mean, 77 * m, 78 * m));
    assertFails(() -> run("stopped", config, 1, true));
    assertThat(folder.resolve("stopped/checkpoint"))
        .isDirectoryContaining("glob:**/*done-0-0.ckpt");
    assertThat(run("stopped", config).resolve(HistoriesStage.TABLE))
        .hasSameTextualContentAs(folder.resolve("one/" + HistoriesStage.TABLE));
  }

  @Tag("pipeline")
  @Test
  void formsOfAFileAreOne() throws IOException {
    SdeModel model = model("alloy-compact");
    double unit = model.scaling().timeUnit(2000, false);
    double[] time = {0, unit, 2 * unit};
    List<Course> courses =
        List.of(
            new Course(time, new double[] {2000, 1900, 1700}),
            new Course(time, new double[] {1500, 2500, 2000}));
    double[] values = {2000, 1900, 1700, 1500, 2500, 2000};
    Path csv = run("csv", config("alloy-compact", csv(model, courses), ""));
    for (String form : List.of("shared", "matrix", "ragged")) {
      Path file = folder.resolve(form + ".h5");
      try (Hdf5Writer writer = Hdf5Writer.create(file)) {
        DatasetInfo row = DatasetInfo.of("1", "numbers", "row");
        DatasetInfo rows = DatasetInfo.of("1", "numbers", "row", "column");
        double[] times =
            form.equals("shared") ? time : new double[] {0, unit, 2 * unit, 0, unit, 2 * unit};
        long[] dims = form.equals("ragged") ? new long[] {6} : new long[] {2, 3};
        long[] timeDims = form.equals("shared") ? new long[] {3} : dims;
        writer.dataset("/time_s", times, timeDims, timeDims.length == 1 ? row : rows);
        writer.dataset("/temperature_K", values, dims, dims.length == 1 ? row : rows);
        if (form.equals("ragged")) {
          writer.dataset("/length", new int[] {3, 3}, new long[] {2}, row);
          writer.texts("/history", new String[] {"h0", "h1"}, row);
        }
      }
      Path run = run(form, config("alloy-compact", file, ""));
      assertThat(numbers(run, "mean")).isEqualTo(numbers(csv, "mean"));
      assertThat(CsvReader.rows(run.resolve(HistoriesStage.TABLE)).get(1))
          .containsEntry("history", form.equals("ragged") ? "h1" : "1")
          .containsEntry("temperature_K", "2000.0");
    }
  }

  /** Real times, in which a crystal has fewer vacancies than the simulation. */
  @Test
  void bothClocksAndPlacesOutsideTheRangeAreTold() throws IOException {
    SdeModel model = model("alloy-compact");
    double unit = model.scaling().timeUnit(1500, false);
    double ratio =
        model.scaling().quantities().vacancies().orElseThrow()
            / Math.exp(1.5 - 2.8 / (8.617333e-5 * 1500));
    String crystal = ", vacancies: {formation_eV: 2.8, entropy_kB: 1.5%s}";
    double[] hold = {1500, 1500};
    Path simulated = csv(model, List.of(new Course(new double[] {0, unit}, hold)));
    Path one = run("simulated", config("alloy-compact", simulated, crystal.formatted("")));
    assertThat(numbers(one, "real_time")[0]).isCloseTo(unit * ratio, within(1e-6 * unit * ratio));
    Path real =
        csv(
            model,
            List.of(
                new Course(new double[] {0, unit * ratio}, hold),
                new Course(new double[] {0, 1e-9, 1e-9, 1}, new double[] {3100, 3100, 300, 300})));
    String allowed = crystal.formatted(", clock: real") + ", allow_extrapolation: true";
    Path two = run("real", config("alloy-compact", real, allowed));
    double[] mean = numbers(two, "mean");
    int m = model.map().observables().size();
    assertThat(Arrays.copyOf(mean, m)).containsExactly(numbers(one, "mean"), within(1e-12));
    // nothing happens at 300 K
    assertThat(numbers(two, "outside")[0]).isZero();
    assertThat(numbers(two, "outside")[1]).isEqualTo(100);
    String rate = "{strength_per_m2: 1e12, D0_m2_per_s: 1e-5, Q_eV: 1.5}";
    String sinks = crystal.formatted(", clock: real, mode: sinks, sinks: " + rate);
    assertThatThrownBy(() -> new HistoriesStage(config("alloy-compact", real, sinks)))
        .hasMessageContaining("with sinks");
  }

  /** Six tasks, of which the fourth and the sixth were not finished when the stage was killed. */
  @Test
  void aGapInWhatWasKeptIsFilledWithItsOwn() throws IOException {
    SdeModel model = model("ising");
    double[] trained = model.scaling().condition();
    double width = trained[trained.length - 1] - trained[0];
    double unit = model.scaling().timeUnit(trained[0], false);
    List<Course> courses =
        IntStream.range(0, 6 * 128 - 40)
            .mapToObj(
                i ->
                    new Course(
                        new double[] {2, 2 + unit * (0.1 + i % 2)},
                        new double[] {trained[0], trained[0] + width * i / 800}))
            .toList();
    PredictConfig config = config("ising", csv(model, courses), "");
    double[] whole = numbers(run("whole", config), "mean");
    HistoriesStage stage = new HistoriesStage(config);
    Path folderOfRun = folder.resolve("killed");
    try (RunDirectory directory = RunDirectory.open(folderOfRun, OpenMode.NEW, "test")) {
      KeptResults kept = new KeptResults(directory, HistoriesStage.KEPT, 1e9, StopSignal.none());
      List.of(0, 1, 2, 4).forEach(task -> kept.result(task, () -> stage.ends(task)));
      kept.begin(99).keep(new byte[0]);
    }
    try (RunDirectory directory = RunDirectory.open(folderOfRun, OpenMode.RESUME, "test")) {
      // one that is finished in the meantime would have taken the place of the first
      new KeptResults(directory, HistoriesStage.KEPT, 0, StopSignal.none())
          .result(5, () -> stage.ends(5));
    }
    assertThat(numbers(run("killed", config, 1, false), "mean")).isEqualTo(whole);
  }

  /** Times are counted from the first point of each history. */
  @Test
  void aHistoryMayBeginAtAnyTime() throws IOException {
    Path file = folder.resolve("late.csv");
    Files.writeString(file, "history,time,field\na,7,1\na,9,2\nb,-3,1\nb,-1,1\nb,4,3\n");
    Histories late = Histories.read(file, "time", "field", value -> {});
    assertThat(late.times(0)).containsExactly(0, 2);
    assertThat(late.times(1)).containsExactly(0, 2, 7);
    assertThat(late.length(0)).isEqualTo(2);
    assertThat(late.length(1)).isEqualTo(7);
    assertThat(late.values(1)).containsExactly(1, 1, 3);
  }

  /** As a field; temperatures are above 0 even where extrapolation is allowed. */
  @Test
  void conditionsMayBeBelowZeroWhereTheTrainedOnesAre() throws IOException {
    Path fields = folder.resolve("fields.csv");
    Files.writeString(fields, "history,time,field\na,0,-1\na,1,0\n");
    assertThat(Histories.read(fields, "time", "field", value -> {}).lowest()).isEqualTo(-1);
    assertThat(PathPrediction.change(new double[] {0})).isPositive();
    assertThat(PathPrediction.change(new double[] {-2})).isEqualTo(2.0 / 250);
    Path cold =
        csv(model("alloy-compact"), List.of(new Course(new double[] {0, 1}, new double[2])));
    PredictConfig allowed = config("alloy-compact", cold, ", allow_extrapolation: true");
    assertThatThrownBy(() -> new HistoriesStage(allowed)).hasMessageContaining("above 0");
  }

  private static double[] drawn(RandomStream stream, int count) {
    return IntStream.range(0, count).mapToDouble(i -> stream.normal()).toArray();
  }

  @Test
  void layersWithVectorsHaveTheBitsOfPlainOnes() {
    RandomStream stream = new Streams(2).stream(Purpose.CHECK, 0);
    assertThat(PointLayers.fastest().getClass().getSimpleName()).startsWith("Vector");
    for (int outputs : new int[] {1, 4, 9, 33}) {
      for (int inputs : new int[] {1, 7, 32}) {
        double[] weights = drawn(stream, outputs * inputs);
        double[] x = drawn(stream, inputs * PointLayers.LANES);
        double[] y = drawn(stream, outputs * PointLayers.LANES);
        double[] plain = y.clone();
        new PointLayers.Plain().add(outputs, inputs, weights, x, plain);
        PointLayers.fastest().add(outputs, inputs, weights, x, y);
        assertThat(y).as(String.format(Locale.ROOT, "%d of %d", outputs, inputs)).isEqualTo(plain);
      }
    }
  }
}
