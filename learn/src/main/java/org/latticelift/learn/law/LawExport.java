package org.latticelift.learn.law;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.latticelift.io.run.directory.Provenance;
import org.latticelift.io.run.directory.SingleFile;
import org.latticelift.learn.ensemble.InitialState;
import org.latticelift.learn.ensemble.PathPrediction;
import org.latticelift.learn.kernel.SdeProgram;
import org.latticelift.learn.kernel.StepScheme;
import org.latticelift.learn.predict.PathSettings;
import org.latticelift.learn.sde.ModelFile;
import org.latticelift.learn.sde.Quantities;
import org.latticelift.learn.sde.Resampling;
import org.latticelift.learn.sde.SdeModel;
import org.latticelift.learn.sde.SdeModel.TrainedStates;
import org.latticelift.learn.sde.SdeScaling;
import org.latticelift.sim.statistics.StudentQuantile;
import org.latticelift.sim.system.MacroscopicMap;

/**
 * A trained model as one source file without dependencies, for programs that need the equation
 * itself (EX-67): a template of the language, with the operations and the numbers of the model.
 */
public final class LawExport {
  /** As {@code predict} has it unless asked for something else, scaled time. */
  private static final double STEP = 0.2;

  private static final Pattern NAMES = Pattern.compile("@([A-Za-z_]+)@");
  private static final Pattern MARK = Pattern.compile("\\s*(?://|#):(if|end) ?(\\w*)");

  private final SdeModel model;
  private final LawDialect dialect;
  private final SdeProgram program;
  private final Map<String, String> values = new HashMap<>();
  private final Set<String> flags;

  private LawExport(SdeModel model, LawDialect dialect) {
    this.model = model;
    this.dialect = dialect;
    this.program = new SdeProgram(model.architecture(), model.models());
    this.flags = LawDialect.flags(program);
  }

  /**
   * Writes a model ({@code model}: {@code model.h5}; {@code overwrite}: whether a file that is
   * there is replaced). Names in C begin with that of the file.
   */
  public static void write(Path model, Language language, Path file, boolean overwrite) {
    SdeModel read = ModelFile.read(model);
    String name = String.valueOf(file.getFileName()).replaceFirst("(?<=.)\\.\\w*$", "");
    SingleFile.writeText(file, overwrite, text(read, language, name, provenance(model)));
  }

  private static List<String> provenance(Path model) {
    return Stream.of(
            Optional.of(
                model.getFileName()
                    + ", written as source by LatticeLift "
                    + Provenance.program()
                        .replace("-dirty", ", with changes that were not committed")
                    + "."),
            Provenance.program(model).map(by -> "The model was trained by LatticeLift " + by + "."))
        .flatMap(Optional::stream)
        .toList();
  }

  /** The text of a file ({@code name}: for names in C; {@code provenance}: lines at the top). */
  static String text(SdeModel model, Language language, String name, List<String> provenance) {
    LawExport export = new LawExport(model, language.dialect());
    String identifier = name.replaceAll("\\W", "_").replaceFirst("^(?=\\d)", "law_");
    export.names(identifier, provenance);
    export.scaling();
    export.states();
    export.intervals();
    export.check();
    return export.filled();
  }

  private void names(String identifier, List<String> provenance) {
    MacroscopicMap map = model.map();
    Quantities quantities = model.scaling().quantities();
    List<String> observables = map.observables();
    List<String> variables = Arrays.stream(map.independent()).mapToObj(observables::get).toList();
    put("p", identifier);
    put("P", identifier.toUpperCase(Locale.ROOT));
    put("D", Integer.toString(program.dimension()));
    put("M", Integer.toString(observables.size()));
    put("MODELS", Integer.toString(model.models().size()));
    put("VARIABLE_NAMES", dialect.list(variables));
    put("OBSERVABLE_NAMES", dialect.list(observables));
    String unit = quantities.timeUnit();
    put("TIME", unit.equals("1") ? "units of the system" : SourceText.comment(unit));
    put("CONDITION", SourceText.comment(quantities.parameter()));
    double[] start = map.start();
    put(
        "START",
        SourceText.comment(
            IntStream.range(0, start.length)
                .mapToObj(i -> String.format(Locale.ROOT, "%s %.4g", observables.get(i), start[i]))
                .collect(Collectors.joining(", "))));
    String comment =
        Stream.of(
                provenance.stream(),
                Stream.of(
                    model.scaling().holds(),
                    "Variables: " + String.join(", ", variables) + ".",
                    "Observables: " + String.join(", ", observables) + ".",
                    model.resampling().sentence(),
                    String.format(
                        Locale.ROOT,
                        "A drift takes %d multiply-adds, a diffusion %d; a step takes three drifts and one"
                            + " diffusion, its mean no diffusion.",
                        program.multiplyAdds(program.drift()),
                        program.multiplyAdds(program.diffusion()))))
            .flatMap(lines -> lines)
            .flatMap(line -> wrapped(SourceText.comment(line)).lines())
            .map(line -> dialect.words().comment() + line)
            .collect(Collectors.joining("\n"));
    put("COMMENT", comment);
    dialect
        .parts(
            program, model.architecture().conditionOffset(), model.architecture().conditionWidth())
        .forEach((part, value) -> put(part, value.replace("@P@", values.get("P"))));
    put("SHAPE", LawDialect.shape(program.shape()));
  }

  private static String wrapped(String line) {
    StringBuilder text = new StringBuilder();
    int column = 0;
    for (String word : line.split(" ")) {
      if (column > 0 && column + word.length() > LawDialect.WIDTH) {
        text.append('\n');
        column = 0;
      }
      text.append(column > 0 ? " " : "").append(word);
      column += word.length() + 1;
    }
    return text.toString();
  }

  private void scaling() {
    SdeScaling scaling = model.scaling();
    MacroscopicMap map = model.map();
    put("C", Integer.toString(scaling.condition().length));
    put("TRAINED", dialect.list(scaling.condition()));
    put("TIME_UNIT", dialect.list(scaling.timeUnit()));
    put("LONGEST", dialect.list(longest(model)));
    put("MEAN", dialect.list(scaling.mean()));
    put("DEVIATION", dialect.list(scaling.deviation()));
    put("INDEPENDENT", dialect.list(map.independent()));
    put("MATRIX", dialect.list(map.matrix()));
    put("OFFSET", dialect.list(map.offset()));
    put("START_VALUES", dialect.list(map.start()));
    put("CHANGE", dialect.number(PathPrediction.change(scaling.condition())));
    put("MEMORY", dialect.number(PathPrediction.MEMORY));
    scaling.quantities().vacancies().ifPresent(c -> flag("VACANCIES", dialect.number(c)));
  }

  /** Longest steps at the trained conditions, scaled time. */
  static double[] longest(SdeModel model) {
    InitialState random = new InitialState(List.of(), Optional.empty(), OptionalDouble.empty());
    PathSettings settings = new PathSettings(1, 2, STEP, StepScheme.RUNGE_KUTTA, random, false);
    return PathPrediction.longestSteps(model, settings.ensemble());
  }

  private void states() {
    TrainedStates states = model.diagnostics().states();
    if (!states.known()) {
      return;
    }
    int d = program.dimension();
    int[] end = new int[states.scaled().length];
    int[] near = new int[end.length];
    for (int c = 0; c < end.length; c++) {
      int count = states.scaled()[c].length / d;
      end[c] = count + (c == 0 ? 0 : end[c - 1]);
      near[c] = states.neighbour(c);
    }
    put("STATE_END", dialect.list(end));
    put("STATE_NEAR", dialect.list(near));
    put("MOST_NEAR", Integer.toString(Arrays.stream(near).max().orElseThrow()));
    put("SPACING", dialect.list(states.spacing()));
    float[] all = new float[end[end.length - 1] * d];
    int at = 0;
    for (float[] some : states.scaled()) {
      System.arraycopy(some, 0, all, at, some.length);
      at += some.length;
    }
    flag("STATES", "");
    put("STATES_VALUES", dialect.floats(all));
  }

  /** Of models of resamples, as {@code Uncertainty} has it. */
  private void intervals() {
    Resampling resampling = model.resampling();
    double models = resampling.models();
    double shares =
        Arrays.stream(resampling.resample())
            .boxed()
            .collect(Collectors.groupingBy(r -> r, Collectors.counting()))
            .values()
            .stream()
            .mapToDouble(count -> count * count / models / models)
            .sum();
    put("SHARES", dialect.number(shares));
    put(
        "QUANTILE",
        dialect.number(
            resampling.resampled()
                ? StudentQuantile.of(resampling.resamples() - 1.0)
                : Double.NaN));
  }

  private void check() {
    LawCheck check = LawCheck.of(model, longest(model));
    put("TESTS", Integer.toString(check.condition().length));
    put("TEST_CONDITION", dialect.list(check.condition()));
    put("TEST_STEP", dialect.list(check.step()));
    put("TEST_UNIT", dialect.list(check.unit()));
    put("TEST_NORMAL", dialect.list(check.normal()));
    put("TEST_STATE", dialect.list(check.state()));
    put("TEST_MEAN", dialect.list(check.mean()));
    put("TEST_HALF", dialect.list(check.half()));
    put("TEST_DISTANCE", dialect.number(check.distance()));
  }

  private void put(String name, String value) {
    values.put(name, value);
  }

  private void flag(String name, String value) {
    flags.add(name);
    put(name, value);
  }

  /** Lines between {@code :if NAME} and {@code :end} stand only where the name is a flag. */
  private String filled() {
    Deque<Boolean> shown = new ArrayDeque<>();
    StringBuilder text = new StringBuilder();
    for (String line : (Iterable<String>) template().lines()::iterator) {
      Matcher mark = MARK.matcher(line);
      if (mark.matches() && mark.group(1).equals("if")) {
        shown.push(flags.contains(mark.group(2)));
      } else if (mark.matches()) {
        shown.pop();
      } else if (!shown.contains(false)) {
        text.append(replaced(line)).append('\n');
      }
    }
    return text.toString();
  }

  /** In one pass: what stands in a value is text, whatever it looks like. */
  private String replaced(String line) {
    return NAMES.matcher(line).replaceAll(found -> Matcher.quoteReplacement(value(found.group(1))));
  }

  private String value(String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalStateException("no value " + name + " in " + dialect.words().template());
    }
    return value;
  }

  private String template() {
    try (InputStream in = LawExport.class.getResourceAsStream(dialect.words().template())) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
