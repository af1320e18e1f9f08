package org.latticelift.learn.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.latticelift.io.testing.ExternalTool;
import org.latticelift.learn.kernel.PlainSdeKernel;
import org.latticelift.learn.kernel.SdeTile;
import org.latticelift.learn.kernel.StepScheme;
import org.latticelift.learn.kernel.TileFactories;
import org.latticelift.learn.kernel.TileProgram;
import org.latticelift.learn.kernel.TrajectoryNoise;
import org.latticelift.learn.sde.Architectures;
import org.latticelift.learn.sde.ModelFile;
import org.latticelift.learn.sde.Quantities;
import org.latticelift.learn.sde.Resampling;
import org.latticelift.learn.sde.SdeArchitecture;
import org.latticelift.learn.sde.SdeArchitecture.DiffusionSpec.DiffusionMode;
import org.latticelift.learn.sde.SdeArchitecture.DriftSpec;
import org.latticelift.learn.sde.SdeModel;
import org.latticelift.learn.sde.SdeModel.TrainingHistory;
import org.latticelift.learn.sde.SdeParameters;
import org.latticelift.learn.sde.SdeScaling;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.system.MacroscopicMap;

/** Exported files, compiled and run, against the readable kernel and the tiles of a run. */
@Tag("pipeline")
class LawExportTest {
  private static final int STEPS = 1000;
  private static final Path TRAINED = Path.of("..", "configs", "trained");
  private static final List<String> STRICT =
      List.of("-std=c99", "-Wall", "-Wextra", "-Wpedantic", "-Werror");
  private static final List<String> CHECKED =
      List.of("-g", "-fsanitize=address,undefined", "-fno-sanitize-recover=all");

  /**
   * Reads conditions, steps and normal numbers; prints the states after each tenth of the steps.
   */
  private static final String DRIVER =
      """
      #include "law.c"
      #include <stdio.h>

      int main(int argc, char **argv)
      {
        static double condition[STEPS], h[STEPS], normal[STEPS][MODELS][D];
        double y[3][MODELS][D], numbers[3][MODELS][D];
        law_condition equation[3];
        FILE *in = fopen(argv[argc - 1], "rb");
        if (!in || fread(condition, sizeof condition, 1, in) != 1 || fread(h, sizeof h, 1, in) != 1 ||
            fread(normal, sizeof normal, 1, in) != 1)
          return 1;
        fclose(in);
        for (int i = 0; i < 3; i++) law_start(y[i]);
        for (int s = 0; s < STEPS; s++) {
          for (int i = 0; i < 3; i++) {
            law_at(condition[s], &equation[i]);
            for (int k = 0; k < MODELS; k++)
              for (int v = 0; v < D; v++) numbers[i][k][v] = normal[s][k][v];
          }
          const double same[3] = {h[s], h[s], h[s]};
          const int scheme = s % 2 == 0 ? LAW_RUNGE_KUTTA : LAW_EULER;
          law_step_many(scheme, 2, equation, same, numbers, y);
          for (int k = 0; k < MODELS; k++) law_step(scheme, &equation[2], k, h[s], normal[s][k], y[2][k]);
          for (int k = 0; s % (STEPS / 10) == STEPS / 10 - 1 && k < MODELS; k++)
            for (int v = 0; v < D; v++) {
              if (y[0][k][v] != y[1][k][v] || !(fabs(y[0][k][v] - y[2][k][v]) < 1e-9)) return 2;
              printf("%.17g\\n", y[0][k][v]);
            }
        }
        return 0;
      }
      """;

  private static final String PYTHON_DRIVER =
      """
      import sys
      sys.dont_write_bytecode = True
      sys.path.insert(0, sys.argv[1])
      import numpy as np
      import law
      STEPS = int(sys.argv[3])
      numbers = np.fromfile(sys.argv[2])
      condition, h = numbers[:STEPS], numbers[STEPS:2 * STEPS]
      normal = numbers[2 * STEPS:].reshape(STEPS, law.MODELS, law.VARIABLES)
      y = law.start(1)
      for s in range(STEPS):
          equation = law.Equation(condition[s])
          for k in range(law.MODELS):
              scheme = law.RUNGE_KUTTA if s % 2 == 0 else law.EULER
              y[:, k] = law.step(equation, k, h[s], y[:, k], normal[s, k][None], scheme)
          if s % (STEPS // 10) == STEPS // 10 - 1:
              print("\\n".join(repr(float(x)) for x in y.ravel()))
      """;

  /** Along a ramp and a hold, whose steps are those of a prediction. */
  private static final String MEANS =
      """
      #include "law.c"
      #include <stdio.h>

      int main(void)
      {
        enum { POINTS = 11 };
        double y[POINTS][MODELS][D], history[POINTS][3], time[3] = {0}, center[M], half[M];
        for (int i = 0; i < POINTS; i++) {
          law_start(y[i]);
          history[i][0] = trained[0] + (trained[CONDITIONS - 1] - trained[0]) * (0.9 + 0.01 * i);
          history[i][1] = history[i][0];
          history[i][2] = i == 10 ? history[i][0] : trained[0] + (trained[CONDITIONS - 1] - trained[0]) * 0.4;
        }
        time[2] = 20 * law_time_unit(history[10][0]);
        time[1] = 0.3 * time[2];
        law_advance(POINTS, 3, time, history[0], 0, y);
        for (int i = 0; i < POINTS; i++) {
          law_mean(y[i], center, half);
          for (int j = 0; j < M; j++) printf("%.17g\\n%.17g\\n", center[j], half[j]);
        }
        for (int k = 0; k < MODELS; k++)
          for (int v = 0; v < D; v++) printf("%.17g\\n", y[10][k][v]);
        return 0;
      }
      """;

  private static final String PYTHON_MEANS =
      """
      import sys
      sys.dont_write_bytecode = True
      sys.path.insert(0, sys.argv[1])
      import numpy as np
      import law
      width = law.TRAINED[-1] - law.TRAINED[0]
      history = np.repeat(law.TRAINED[0] + width * (0.9 + 0.01 * np.arange(11))[:, None], 3, axis=1)
      history[:10, 2] = law.TRAINED[0] + width * 0.4
      time = 20 * law.time_unit(history[10, 0]) * np.array([0, 0.3, 1])
      y = law.advance(time, history, law.start(11))
      assert (law.advance(time[:1], history[:, :1], y) == y).all()
      for i in range(11):
          for pair in zip(*(each[i] for each in law.mean(y))):
              print(*map(float, pair), sep="\\n")
      print("\\n".join(repr(float(x)) for x in y[10].ravel()))
      """;

  @TempDir private Path folder;

  /** Every form of drift and diffusion, with and without an embedding. */
  static Stream<SdeArchitecture> architectures() {
    return Stream.concat(
        Architectures.all().stream(),
        Stream.of(
            new SdeArchitecture(
                2,
                3,
                DriftSpec.linear(),
                Architectures.diffusion(DiffusionMode.CONSTANT_DIAGONAL, true)),
            new SdeArchitecture(
                3, 2, DriftSpec.linear(), Architectures.diffusion(DiffusionMode.ARBITRARY, true))));
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void everyArchitectureAgreesWithTheKernel(SdeArchitecture architecture) throws IOException {
    double[] condition = {1000, 1500, 2000};
    agrees(drawn(architecture, architecture.dimension() == 1 ? new double[] {1000} : condition));
  }

  @Test
  void conditionsMayBeBelowZero() throws IOException {
    agrees(drawn(Architectures.all().get(0), new double[] {-1, 0, 3}));
  }

  /** The names of a model are data in a source file, whatever they look like. */
  @Test
  void namesAreNoCode() throws IOException {
    write(named(HostileNames.all(), "\"; } */ ??/\n@p@", "s\"\"\"\nraise 1\n'"));
    Files.writeString(
        folder.resolve("names.c"),
        """
        #include "law.c"
        #include <stdio.h>

        int main(void)
        {
          for (int i = 0; i < M; i++) {
            for (const char *c = law_observable_names[i]; *c; c++) printf("%02x", (unsigned char)*c);
            printf("\\n");
          }
          return 0;
        }
        """);
    compile("names.c", List.of("-O0"));
    List<String> bytes =
        HostileNames.all().stream()
            .map(name -> HexFormat.of().formatHex(name.getBytes(StandardCharsets.UTF_8)))
            .toList();
    assertThat(ExternalTool.run(folder.resolve("law").toString()).lines()).isEqualTo(bytes);
    String python = selfTest() + "for n in law.OBSERVABLE_NAMES: print(n.encode().hex())\n";
    assertThat(ExternalTool.python(List.of("numpy"), python, folder.toString()).lines())
        .isEqualTo(bytes);
    assertThat(Path.of("pwned")).doesNotExist();
    compile("law.c", List.of("-O1", "-DLAW_MAIN"));
    ExternalTool.run(folder.resolve("law").toString(), "--self-test");
  }

  private static SdeModel named(List<String> names, String parameter, String unit) {
    SdeArchitecture architecture =
        new SdeArchitecture(
            names.size(),
            3,
            DriftSpec.linear(),
            Architectures.diffusion(DiffusionMode.CONSTANT_DIAGONAL, true));
    SdeModel drawn = drawn(architecture, new double[] {1000, 1500, 2000});
    SdeScaling scaling = drawn.scaling();
    return new SdeModel(
        architecture,
        drawn.models(),
        new SdeScaling(
            scaling.mean(),
            scaling.deviation(),
            scaling.condition(),
            scaling.timeUnit(),
            new Quantities(parameter, unit)),
        MacroscopicMap.identity(names),
        drawn.history(),
        drawn.factors(),
        0,
        drawn.diagnostics(),
        drawn.resampling());
  }

  /** Functions begin with the name of the file; a field of a struct is none. */
  @Test
  void noNameOfTheTemplateIsAFunctionOfAFile() throws IOException {
    try (InputStream in = LawExport.class.getResourceAsStream("law.c")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      String others = text.replaceAll("double longest_step;|->longest_step|\\.longest_step", "");
      List<String> functions =
          Pattern.compile("@p@_(\\w+)").matcher(text).results().map(m -> m.group(1)).toList();
      assertThat(functions).contains("step", "mean", "distance", "time_unit");
      for (String function : functions) {
        assertThat(others).doesNotContainPattern("(?<![@\\w])\\w+_" + function + "\\b");
      }
    }
  }

  private void agrees(SdeModel model) throws IOException {
    write(model);
    compile("law.c", List.of("-O1", "-DLAW_MAIN"));
    ExternalTool.run(folder.resolve("law").toString(), "--self-test");
    ExternalTool.python(List.of("numpy"), selfTest(), folder.toString());
  }

  private static String selfTest() {
    return """
        import sys
        sys.dont_write_bytecode = True
        sys.path.insert(0, sys.argv[1])
        import law
        assert law.self_test() <= 1e-6, law.self_test()
        """;
  }

  private static SdeModel drawn(SdeArchitecture architecture, double[] condition) {
    RandomStream stream = new Streams(5).stream(Purpose.CHECK, architecture.dimension());
    int d = architecture.dimension();
    List<SdeParameters> models =
        IntStream.range(0, 3).mapToObj(k -> SdeParameters.initial(architecture, stream)).toList();
    double[] none = {};
    double[] mean = new double[d];
    double[] deviation = new double[d];
    Arrays.setAll(mean, v -> 0.1 * v);
    Arrays.setAll(deviation, v -> 0.5 + v);
    List<String> names = IntStream.range(0, d).mapToObj(v -> "\\N" + v).toList();
    double[] unit = Arrays.copyOf(new double[] {1e-3, 3e-5, 2e-6}, condition.length);
    SdeScaling scaling = new SdeScaling(mean, deviation, condition, unit);
    TrainingHistory history = new TrainingHistory(none, none, none);
    SdeModel plain =
        new SdeModel(
            architecture,
            models,
            scaling,
            MacroscopicMap.identity(names),
            List.of(history, history, history),
            1,
            0);
    return new SdeModel(
        architecture,
        models,
        scaling,
        plain.map(),
        plain.history(),
        plain.factors(),
        0,
        plain.diagnostics(),
        new Resampling(new int[] {0, 1, 1}, Resampling.Unit.RUNS, 4));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ising", "alloy-compact"})
  void aThousandStepsOfShippedModelsAreThoseOfTheProgram(String name) throws IOException {
    SdeModel model = ModelFile.read(TRAINED.resolve(name + ".h5"));
    write(model);
    double[] numbers = numbers(model);
    double[] expected = expected(model, numbers);
    Path input = folder.resolve("numbers");
    ByteBuffer bytes = ByteBuffer.allocate(8 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asDoubleBuffer().put(numbers);
    Files.write(input, bytes.array());
    Files.writeString(folder.resolve("driver.c"), DRIVER);
    compile("driver.c", List.of("-O1", "-DSTEPS=" + STEPS, "-DLAW_LANES=2"));
    same(ExternalTool.run(folder.resolve("law").toString(), input.toString()), expected, 1e-6);
    same(
        ExternalTool.python(
            List.of("numpy"), PYTHON_DRIVER, folder.toString(), input.toString(), "" + STEPS),
        expected,
        1e-6);
  }

  /** Also with the sanitisers, and at all levels of warnings of optimisers. */
  @ParameterizedTest
  @ValueSource(strings = {"ising", "alloy-compact"})
  void meansAreThoseOfTheProgramAndOfEachLanguage(String name) throws IOException {
    SdeModel model = ModelFile.read(TRAINED.resolve(name + ".h5"));
    write(model);
    Files.writeString(folder.resolve("means.c"), MEANS);
    compile("means.c", Stream.concat(CHECKED.stream(), Stream.of("-O1")).toList());
    String c = ExternalTool.run(folder.resolve("law").toString());
    double[] of = values(c);
    same(ExternalTool.python(List.of("numpy"), PYTHON_MEANS, folder.toString()), of, 1e-9);
    double[] state = Arrays.copyOfRange(of, of.length - states(model), of.length);
    assertThat(held(model)).containsExactly(state, within(2e-5));
    compile("law.c", List.of("-O3", "-DLAW_MAIN"));
    ExternalTool.run(folder.resolve("law").toString(), "--self-test");
  }

  /** The readable steps against the tiles that make runs, with the noise of one trajectory. */
  @ParameterizedTest
  @ValueSource(strings = {"ising", "alloy-compact"})
  void readableStepsAreThoseOfTiles(String name) {
    SdeModel model = ModelFile.read(TRAINED.resolve(name + ".h5"));
    int d = model.architecture().dimension();
    double condition = model.scaling().condition()[1];
    double h = 0.05;
    for (StepScheme scheme : StepScheme.values()) {
      PlainSdeKernel plain =
          new PlainSdeKernel(model.architecture(), model.models().get(1), condition, 1);
      SdeTile tile =
          new SdeTile(
              new TileProgram(model.architecture(), model.models().get(1), condition),
              TileFactories.plain().narrow());
      TrajectoryNoise noise = new TrajectoryNoise(d, 1);
      tile.seed(0, new Streams(3).stream(Purpose.CHECK, 0));
      noise.seed(0, new Streams(3).stream(Purpose.CHECK, 0));
      double[] y = LawCheck.start(model);
      for (int v = 0; v < d; v++) {
        tile.set(v, 0, (float) y[v]);
      }
      float[] next = new float[d];
      for (int s = 0; s < STEPS; s++) {
        noise.next(next, 1);
        double[] normal = IntStream.range(0, d).mapToDouble(i -> next[i]).toArray();
        y = plain.step(y, h, normal, scheme);
        tile.advance(1, h, 1, scheme);
      }
      for (int v = 0; v < d; v++) {
        assertThat((double) tile.get(v, 0)).isCloseTo(y[v], within(5e-5));
      }
    }
  }

  @Test
  void namesInCAreThoseOfTheFile() throws IOException {
    Path file = folder.resolve("7-my.law.c");
    LawExport.write(TRAINED.resolve("ising.h5"), Language.C, file, false);
    assertThat(Files.readString(file))
        .contains("double law_7_my_law_time_unit(double condition);")
        .contains("ising.h5")
        .contains("at temperature 2.4 to 4")
        .doesNotContain("_vacancies", "@");
  }

  /** Twenty units of a hold. */
  private static double[] held(SdeModel model) {
    double[] trained = model.scaling().condition();
    double width = trained[trained.length - 1] - trained[0];
    double condition = trained[0] + width;
    double[] longest = Arrays.stream(LawExport.longest(model)).skip(trained.length - 1L).toArray();
    long steps = (long) Math.ceil(20 / longest[0] - 1e-9);
    int d = model.architecture().dimension();
    double[] all = new double[states(model)];
    for (int k = 0; k < model.models().size(); k++) {
      SdeTile tile =
          new SdeTile(
              new TileProgram(model.architecture(), model.models().get(k), condition),
              TileFactories.plain().narrow());
      double[] y = LawCheck.start(model);
      for (int v = 0; v < d; v++) {
        tile.set(v, 0, (float) y[v]);
      }
      tile.advance(steps, 20.0 / steps, 0, StepScheme.RUNGE_KUTTA);
      for (int v = 0; v < d; v++) {
        all[k * d + v] = tile.get(v, 0);
      }
    }
    return all;
  }

  private static int states(SdeModel model) {
    return model.models().size() * model.architecture().dimension();
  }

  private void write(SdeModel model) throws IOException {
    for (Language language : Language.values()) {
      String ending = language == Language.C ? "law.c" : "law.py";
      Files.writeString(
          folder.resolve(ending),
          LawExport.text(model, language, "law", List.of("a test of \"\"\", */, /* and \\N")));
    }
  }

  /** By cc, and by clang where it is installed. */
  private void compile(String source, List<String> options) {
    boolean clang =
        Stream.of(System.getenv("PATH").split(":"))
            .anyMatch(path -> Files.isExecutable(Path.of(path, "clang")));
    if (clang) {
      compile("clang", source, options);
    }
    compile("cc", source, options);
  }

  private void compile(String compiler, String source, List<String> options) {
    List<String> command =
        Stream.of(
                Stream.of(compiler),
                STRICT.stream(),
                options.stream(),
                Stream.of(
                    folder.resolve(source).toString(),
                    "-o",
                    folder.resolve("law").toString(),
                    "-lm"))
            .flatMap(each -> each)
            .toList();
    ExternalTool.run(command.toArray(String[]::new));
  }

  private static double[] numbers(SdeModel model) {
    RandomStream stream = new Streams(8).stream(Purpose.CHECK, 0);
    double[] trained = model.scaling().condition();
    double longest = Arrays.stream(LawExport.longest(model)).min().orElseThrow();
    double[] numbers = new double[STEPS * (2 + states(model))];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] =
          i < STEPS
              ? trained[0] + (trained[trained.length - 1] - trained[0]) * stream.uniform()
              : i < 2 * STEPS ? longest * (0.2 + 0.6 * stream.uniform()) : stream.normal();
    }
    return numbers;
  }

  private static double[] expected(SdeModel model, double[] numbers) {
    int d = model.architecture().dimension();
    int models = model.models().size();
    double[] expected = new double[10 * models * d];
    for (int k = 0; k < models; k++) {
      double[] y = LawCheck.start(model);
      PlainSdeKernel kernel =
          new PlainSdeKernel(model.architecture(), model.models().get(k), numbers[0], 1);
      for (int s = 0; s < STEPS; s++) {
        int from = 2 * STEPS + (s * models + k) * d;
        y =
            kernel
                .at(numbers[s])
                .step(
                    y,
                    numbers[STEPS + s],
                    Arrays.copyOfRange(numbers, from, from + d),
                    s % 2 == 0 ? StepScheme.RUNGE_KUTTA : StepScheme.EULER);
        if (s % (STEPS / 10) == STEPS / 10 - 1) {
          System.arraycopy(y, 0, expected, (s / (STEPS / 10) * models + k) * d, d);
        }
      }
    }
    return expected;
  }

  private static double[] values(String lines) {
    return lines.lines().mapToDouble(Double::parseDouble).toArray();
  }

  private static void same(String lines, double[] expected, double relative) {
    double[] values = values(lines.replace("nan", "NaN"));
    assertThat(values).hasSameSizeAs(expected);
    for (int i = 0; i < values.length; i++) {
      assertThat(values[i])
          .as("number %d", i)
          .isCloseTo(expected[i], within(relative * Math.max(1e-2, Math.abs(expected[i]))));
    }
  }
}
