package org.latticelift.learn.law;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.latticelift.learn.kernel.Operation;
import org.latticelift.learn.kernel.SdeProgram;
import org.latticelift.learn.kernel.Weights;

/** C99. */
final class CDialect extends LawDialect {
  CDialect() {
    super(new Words(Language.C, "law.c", " * ", "NAN", "f", ", "));
  }

  @Override
  Map<String, String> parts(SdeProgram program, double offset, double width) {
    Map<String, Integer> folded = program.folded();
    Map<String, String> parts = new HashMap<>();
    parts.put("PARAMETERS", fields(program));
    parts.put("VALUES", values(program));
    parts.put("FOLD_FIELDS", each(folded, "  double %s[@P@_MODELS][%d];"));
    parts.put(
        "FOLD_POINTERS", folded.isEmpty() ? "  int none;" : each(folded, "  const double *%s;"));
    parts.put(
        "FOLD_ONE",
        folded.isEmpty()
            ? "  f.none = 0;\n  (void)equation;\n  (void)model;"
            : each(folded, "  f.%1$s = equation->%1$s[model];"));
    parts.put(
        "FOLD_MANY",
        folded.isEmpty()
            ? "  f.none = 0;\n  (void)equation;\n  (void)model;\n  (void)memory;"
            : each(
                folded,
                "  f.%1$s = memory;\n"
                    + "  for (int i = 0; i < %2$d; i++)\n"
                    + "    for (int l = 0; l < LANES; l++) *memory++ = equation[l].%1$s[model][i];"));
    int length = folded.values().stream().mapToInt(Integer::intValue).sum();
    parts.put("FOLDED_LENGTH", Integer.toString(Math.max(1, length)));
    parts.put("FOLD_BODY", folded.isEmpty() ? "" : fold(program, offset, width));
    parts.put("DRIFT_BODY", body(program, program.drift(), SdeProgram.DRIFT));
    parts.put("DIFFUSION_BODY", body(program, program.diffusion(), SdeProgram.SIGMA));
    switch (program.shape()) {
      case FULL -> shape(parts, "1", "i * D + j");
      case LOWER -> shape(parts, "j <= i", "i * (i + 1) / 2 + j");
      case DIAGONAL -> shape(parts, "i == j", "i");
    }
    return parts;
  }

  private static void shape(Map<String, String> parts, String test, String at) {
    parts.put("SHAPE_TEST", test);
    parts.put("SHAPE_AT", at);
  }

  private static String each(Map<String, Integer> vectors, String format) {
    return vectors.entrySet().stream()
        .map(each -> String.format(format, each.getKey(), each.getValue()))
        .collect(Collectors.joining("\n"));
  }

  private static String fields(SdeProgram program) {
    return program.weights().stream()
        .map(w -> "  double " + w.name() + "[" + w.inputs() * w.outputs() + "];")
        .collect(Collectors.joining("\n"));
  }

  private String values(SdeProgram program) {
    int models = program.weights().get(0).values().size();
    return IntStream.range(0, models)
        .mapToObj(
            k ->
                program.weights().stream()
                    .map(w -> "{ /* " + w.name() + " */\n" + floats(w.values().get(k)) + "}")
                    .collect(Collectors.joining(",\n", "{ /* model " + k + " */\n", "}")))
        .collect(Collectors.joining(",\n"));
  }

  private static String fold(SdeProgram program, double offset, double width) {
    List<String> lines = new ArrayList<>();
    lines.add("  for (int k = 0; k < MODELS; k++) {");
    lines.add("    const struct parameters *w = &parameters[k];");
    LawDialect.locals(program, program.fold(), Set.of())
        .forEach((name, length) -> lines.add("    double " + name + "[" + length + "];"));
    if (program.fold().stream().anyMatch(each -> each.from().equals(SdeProgram.INPUT))) {
      lines.add("    " + SdeProgram.INPUT + "[0] = (condition - " + offset + ") / " + width + ";");
    }
    for (Operation each : program.fold()) {
      lines.add("    " + line(program, each, "1", name -> "equation->" + name + "[k]"));
    }
    lines.add("  }");
    return String.join("\n", lines);
  }

  private static String body(SdeProgram program, List<Operation> operations, String result) {
    List<String> lines = new ArrayList<>();
    LawDialect.locals(program, operations, Set.of(SdeProgram.STATE, result))
        .forEach((name, length) -> lines.add("  double " + name + "[" + length + " * LANES];"));
    List<String> used =
        operations.stream().flatMap(each -> Stream.of(each.from(), each.with())).toList();
    if (!used.contains(SdeProgram.STATE)) {
      lines.add("  (void)z;");
    }
    if (used.stream().noneMatch(program.folded()::containsKey)) {
      lines.add("  (void)f;");
    }
    for (Operation each : operations) {
      lines.add("  " + line(program, each, "lanes", name -> "f->" + name));
    }
    return String.join("\n", lines);
  }

  /** A name as it stands in a function, where folded vectors belong to something. */
  private interface FoldedNames {
    String of(String name);
  }

  private static String line(SdeProgram program, Operation op, String lanes, FoldedNames folded) {
    boolean isFolded = program.folded().containsKey(op.to());
    String to = isFolded ? folded.of(op.to()) : op.to();
    int length = (isFolded ? program.folded() : program.vectors()).get(op.to());
    String from = program.folded().containsKey(op.from()) ? folded.of(op.from()) : op.from();
    String all = lanes.equals("1") ? Integer.toString(length) : length + " * " + lanes;
    return switch (op.kind()) {
      case ZERO -> call("zero", all, to);
      case BIAS -> call("set", lanes, length, "w->" + op.with(), to);
      case FOLDED -> call("copy", all, from, to);
      case PRODUCT -> {
        Weights w = program.weights(op.with());
        yield call("add_product", lanes, w.outputs(), w.inputs(), "w->" + w.name(), from, to);
      }
      case RELU -> call("relu", all, to);
      case ACTIVATE -> call("activate", all, op.with(), to);
      case TIMES -> call("times", all, op.factor(), from, to);
      case WITHIN -> call("within", lanes, length, op.factor(), to);
      case INVERSE -> "for (int i = 0; i < " + length + "; i++) " + to + "[i] = 1 / " + to + "[i];";
      case SCALE -> call("scale", all, op.factor(), to);
      case ADD -> call("add", all, op.factor(), from, to);
      case CONTRACT -> call("contract", lanes, op.factor(), op.with(), op.from(), to);
      case MATRIX -> call("matrix_of", lanes, op.factor(), op.from(), to);
      case ROUND ->
          "for (int i = 0; i < " + length + "; i++) " + to + "[i] = (float)" + to + "[i];";
    };
  }

  private static String call(String function, Object... arguments) {
    return Stream.of(arguments)
        .map(Object::toString)
        .collect(Collectors.joining(", ", function + "(", ");"));
  }
}
