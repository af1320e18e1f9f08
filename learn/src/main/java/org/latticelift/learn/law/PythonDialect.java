package org.latticelift.learn.law;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.latticelift.learn.kernel.Operation;
import org.latticelift.learn.kernel.SdeProgram;
import org.latticelift.learn.kernel.Weights;

/** Python with numpy: a vector is an array [points, elements]. */
final class PythonDialect extends LawDialect {
  PythonDialect() {
    super(new Words(Language.PYTHON, "law.py", "", "np.nan", "", " "));
  }

  @Override
  Map<String, String> parts(SdeProgram program, double offset, double width) {
    Map<String, String> parts = new HashMap<>();
    parts.put(
        "VALUES", program.weights().stream().map(this::values).collect(Collectors.joining("\n")));
    List<String> fold = new ArrayList<>();
    if (!program.folded().isEmpty()) {
      fold.add(
          SdeProgram.INPUT + " = ((self.condition - " + offset + ") / " + width + ")[:, None]");
      program.fold().forEach(each -> fold.addAll(lines(program, each)));
    }
    parts.put("FOLD_BODY", indented(fold, 8));
    parts.put("DRIFT_BODY", body(program, program.drift()));
    parts.put("DIFFUSION_BODY", body(program, program.diffusion()));
    parts.put(
        "SHAPE_INDICES",
        switch (program.shape()) {
          case FULL -> "np.divmod(np.arange(VARIABLES * VARIABLES), VARIABLES)";
          case LOWER -> "np.tril_indices(VARIABLES)";
          case DIAGONAL -> "np.diag_indices(VARIABLES)";
        });
    return parts;
  }

  private String values(Weights w) {
    String numbers = w.values().stream().map(this::floats).collect(Collectors.joining("\n"));
    return String.format(
        "    \"%s\": _weights(%d, %d, \"\"\"\n%s\n\"\"\"),",
        w.name(), w.inputs(), w.outputs(), numbers);
  }

  private static String body(SdeProgram program, List<Operation> operations) {
    List<String> lines = new ArrayList<>(List.of("n = len(z)"));
    operations.forEach(each -> lines.addAll(lines(program, each)));
    return indented(lines, 4);
  }

  private static String indented(List<String> lines, int by) {
    return lines.stream().map(line -> " ".repeat(by) + line).collect(Collectors.joining("\n"));
  }

  private static String named(SdeProgram program, String name) {
    return program.folded().containsKey(name) ? "f[\"" + name + "\"]" : name;
  }

  private static int length(SdeProgram program, String name) {
    return program.folded().getOrDefault(name, program.vectors().getOrDefault(name, 0));
  }

  private static List<String> lines(SdeProgram program, Operation op) {
    String to = named(program, op.to());
    String from = named(program, op.from());
    String with = op.with();
    String w = "w[\"" + with + "\"]";
    return switch (op.kind()) {
      case ZERO -> List.of(to + " = np.zeros((n, " + length(program, op.to()) + "))");
      case BIAS -> List.of(to + " = np.repeat(" + w + ", n, axis=0)");
      case FOLDED -> List.of(to + " = " + from);
      case PRODUCT -> List.of(to + " = " + to + " + " + from + " @ " + w);
      case RELU -> List.of(to + " = np.maximum(" + to + ", 0)");
      case ACTIVATE ->
          List.of(
              "c = np.clip(" + with + ", 0, 0.5)",
              to + " = " + to + " + c * (2 * " + with + " - c)",
              with + " = c");
      case TIMES -> List.of(to + " = " + op.factor() + " * " + to + " * " + from);
      case WITHIN ->
          List.of(
              "size = np.sqrt(np.sum(" + to + " ** 2, axis=1, keepdims=True))",
              to
                  + " = "
                  + to
                  + " * np.where(size > "
                  + op.factor()
                  + ", "
                  + op.factor()
                  + " / np.where(size > 0, size, 1), 1)");
      case INVERSE -> List.of(to + " = 1 / " + to);
      case SCALE -> List.of(to + " = " + op.factor() + " * " + to);
      case ADD -> List.of(to + " = " + to + " + " + op.factor() + " * " + from);
      case CONTRACT ->
          List.of(
              to + " = " + to + " - _contract(" + op.factor() + ", " + with + ", " + from + ")");
      case MATRIX -> List.of(to + " = _matrix_of(" + op.factor() + ", " + from + ")");
      case ROUND -> List.of(to + " = " + to + ".astype(np.float32).astype(np.float64)");
    };
  }
}
