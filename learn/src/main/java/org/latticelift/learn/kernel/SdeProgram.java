package org.latticelift.learn.kernel;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.latticelift.learn.kernel.Operation.Kind;
import org.latticelift.learn.sde.SdeArchitecture;
import org.latticelift.learn.sde.SdeArchitecture.DiffusionSpec;
import org.latticelift.learn.sde.SdeArchitecture.DriftSpec;
import org.latticelift.learn.sde.SdeParameters;

/**
 * The learned equation as a program: named arrays of weights, named vectors, and three lists of
 * operations on them. The first, {@code fold}, turns a condition into the biases of first layers;
 * the others turn the scaled state {@code z} into the drift {@code mu} and the diffusion matrix
 * {@code sigma}. Everything that evaluates the equation is made from it: the readable kernel, tiles
 * of trajectories, means of histories, ND4J, and source files in C and Python. A further term of
 * the equation is added here, and a further operation where {@link Operation.Kind} is switched on.
 *
 * <p>Sums run over ascending inputs and start from the bias.
 */
public final class SdeProgram {
  /** The scaled condition, the state, and the results. */
  public static final String INPUT = "scaled_condition";

  public static final String STATE = "z";
  public static final String DRIFT = "mu";
  public static final String SIGMA = "sigma";

  static final String POTENTIAL = "potential";
  static final String GRADIENT = "gradient";
  static final String MATRIX = "matrix";

  /** The outputs that sigma is made of, those that its shape has. */
  static final String ENTRIES = "entries";

  private static final String HIDDEN = "/hidden";

  private final SdeArchitecture architecture;
  private final List<SdeParameters> models;
  private final Map<String, Weights> weights = new LinkedHashMap<>();
  private final Map<String, Integer> vectors = new LinkedHashMap<>();
  private final Map<String, Integer> folded = new LinkedHashMap<>();
  private final List<Operation> fold = new ArrayList<>();
  private final List<Operation> drift = new ArrayList<>();
  private final List<Operation> diffusion = new ArrayList<>();
  private List<Operation> list = fold;

  /** What the drift reads in place of the state. */
  private String state = STATE;

  /** The equation of some parameter sets of one architecture. */
  public SdeProgram(SdeArchitecture architecture, List<SdeParameters> models) {
    this.architecture = architecture;
    this.models = models;
    vector(INPUT, 1);
    vector(STATE, dimension());
    vector(DRIFT, dimension());
    vector(SIGMA, dimension() * dimension());
    if (architecture.embedding() > 0) {
      embedding();
    }
    Optional<BaselineProgram> baseline =
        architecture.polynomial().map(each -> new BaselineProgram(this, architecture, each));
    baseline.ifPresent(each -> state = each.inside());
    DriftSpec spec = architecture.drift();
    switch (spec.kind()) {
      case ONSAGER -> onsager(spec);
      case PLAIN -> network("drift", spec.hidden(), drift, DRIFT, all(dimension()));
      case LINEAR -> linear();
    }
    baseline.ifPresent(each -> each.addTo(state));
    sigma();
  }

  /** The scaled value of a condition, for {@link #INPUT}. */
  double input(double condition) {
    return architecture.input(condition);
  }

  public int dimension() {
    return architecture.dimension();
  }

  /** All arrays, in the order of their use. */
  public List<Weights> weights() {
    return List.copyOf(weights.values());
  }

  /** An array by its name; null if the name is that of a vector. */
  public Weights weights(String name) {
    return weights.get(name);
  }

  /** Lengths of the vectors that operations use, those of {@link #folded} apart. */
  public Map<String, Integer> vectors() {
    return vectors;
  }

  /** Lengths of the vectors that {@link #fold} makes. */
  public Map<String, Integer> folded() {
    return folded;
  }

  /** From the condition to the biases of first layers. */
  public List<Operation> fold() {
    return fold;
  }

  /** From the state to mu. */
  public List<Operation> drift() {
    return drift;
  }

  /** From the state to sigma. */
  public List<Operation> diffusion() {
    return diffusion;
  }

  /** Which entries of sigma are there. */
  public SigmaShape shape() {
    return SigmaShape.of(architecture.diffusion());
  }

  /** Whether the diagonal of sigma is made positive. */
  public boolean positive() {
    return architecture.diffusion().lower();
  }

  /** What follows depends on the condition alone. */
  void toFold() {
    list = fold;
  }

  /** What follows is part of the drift. */
  void toDrift() {
    list = drift;
  }

  /** A vector of the condition. */
  String foldedVector(String name, int length) {
    folded.put(name, length);
    return name;
  }

  /** Multiply-adds of the products in a list of operations, for one state. */
  public long multiplyAdds(List<Operation> operations) {
    return operations.stream()
        .filter(each -> each.kind() == Kind.PRODUCT)
        .map(each -> weights.get(each.with()))
        .mapToLong(each -> (long) each.inputs() * each.outputs())
        .sum();
  }

  private void embedding() {
    affine("embedding/hidden0", INPUT, "hidden_embedding", SdeArchitecture.EMBEDDING_HIDDEN);
    add(Kind.RELU, "hidden_embedding", "", "");
    affine("embedding/output", "hidden_embedding", "embedding", architecture.embedding());
  }

  /** The bias of a first layer, with the share of the condition; its name. */
  private String foldedBias(String network) {
    List<Operation> outside = list;
    list = fold;
    String name = network + "_bias";
    int length = bias(network + HIDDEN + 0).length;
    folded.put(name, length);
    add(Kind.BIAS, name, array(network + HIDDEN + "0/b"), "");
    if (architecture.embedding() > 0) {
      add(Kind.PRODUCT, name, forward(network + HIDDEN + "0/W_t", length), "embedding");
      add(Kind.ROUND, name, "", "");
    }
    list = outside;
    return name;
  }

  private void linear() {
    list = drift;
    affine("drift/linear", state, DRIFT, dimension());
  }

  /** Fully connected with ReLU (ME-44, ME-46); of the last layer some outputs. */
  private void network(
      String name, List<Integer> hidden, List<Operation> to, String out, int[] outputs) {
    String bias = foldedBias(name);
    list = to;
    String x = layer(name, 0, hidden.get(0));
    add(Kind.FOLDED, x, "", bias);
    String read = to == drift ? state : STATE;
    add(Kind.PRODUCT, x, forward(name + HIDDEN + "0/W_z", hidden.get(0)), read);
    for (int l = 1; l < hidden.size(); l++) {
      add(Kind.RELU, x, "", "");
      String y = layer(name, l, hidden.get(l));
      affine(name + HIDDEN + l, x, y, hidden.get(l));
      x = y;
    }
    add(Kind.RELU, x, "", "");
    vector(out, outputs.length);
    add(Kind.BIAS, out, chosen(name + "/output/b", 1, outputs), "");
    int inputs = hidden.get(hidden.size() - 1);
    add(Kind.PRODUCT, out, chosen(name + "/output/W", inputs, outputs), x);
  }

  private String layer(String network, int number, int width) {
    return vector(network + "_" + number, width);
  }

  /** The potential, backwards through it, and the matrices (ME-50 to ME-58). */
  private void onsager(DriftSpec spec) {
    int d = dimension();
    int layers = spec.hidden().size();
    int width = spec.hidden().get(0);
    String bias = foldedBias("drift");
    list = drift;
    String h = vector("hidden", width);
    add(Kind.ZERO, h, "", "");
    for (int l = 0; l < layers; l++) {
      String u = layer("drift", l, width);
      if (l == 0) {
        add(Kind.FOLDED, u, "", bias);
        add(Kind.PRODUCT, u, forward("drift/hidden0/W_z", width), state);
      } else {
        affine("drift" + HIDDEN + l, h, u, width);
      }
      add(Kind.ACTIVATE, h, u, "");
    }
    String p = vector(POTENTIAL, d);
    String linear = vector("potential_linear", d);
    affine("drift/potential", h, p, d);
    affine("drift/potential_linear", state, linear, d);
    add(new Operation(Kind.ADD, p, "", linear, 1));
    String back = vector("back", width);
    vector(GRADIENT, d);
    add(Kind.ZERO, back, "", "");
    add(Kind.PRODUCT, back, backward("drift/potential/W", d), p);
    for (int l = layers - 1; l > 0; l--) {
      add(new Operation(Kind.TIMES, "drift_" + l, "", back, 2));
      add(Kind.PRODUCT, back, backward("drift" + HIDDEN + l + "/W", width), "drift_" + l);
    }
    add(new Operation(Kind.TIMES, "drift_0", "", back, 2));
    add(Kind.ZERO, GRADIENT, "", "");
    add(Kind.PRODUCT, GRADIENT, backward("drift/potential_linear/W", d), p);
    add(Kind.PRODUCT, GRADIENT, backward("drift/hidden0/W_z", width), "drift_0");
    add(new Operation(Kind.SCALE, GRADIENT, "", "", 2));
    add(new Operation(Kind.ADD, GRADIENT, "", state, 2 * spec.potBeta()));
    matrices(spec, h);
  }

  private void matrices(DriftSpec spec, String h) {
    int d = dimension();
    String a = vector(MATRIX, d * d);
    affine("drift/matrix", h, a, d * d);
    if (spec.forcing()) {
      affine("drift/force", h, DRIFT, d);
    } else {
      add(Kind.ZERO, DRIFT, "", "");
    }
    add(new Operation(Kind.CONTRACT, DRIFT, a, GRADIENT, spec.dissipation()));
  }

  String constant(String name, int inputs, int outputs, float[] values) {
    return weights(name, inputs, outputs, Collections.nCopies(models.size(), values));
  }

  /** Entries of sigma that are 0 are not computed. */
  private void sigma() {
    DiffusionSpec spec = architecture.diffusion();
    int d = dimension();
    int[] outputs = all(spec.outputs(d));
    if (shape() == SigmaShape.LOWER) {
      outputs = new int[d * (d + 1) / 2];
      for (int i = 0, k = 0; i < d; i++) {
        for (int j = 0; j <= i; j++, k++) {
          outputs[k] = i * d + j;
        }
      }
    }
    String entries = vector(ENTRIES, outputs.length);
    if (spec.mode().network()) {
      network("diffusion", spec.hidden(), diffusion, entries, outputs);
    } else {
      list = diffusion;
      add(Kind.BIAS, entries, chosen("diffusion/value", 1, outputs), "");
    }
    add(new Operation(Kind.MATRIX, SIGMA, "", entries, spec.scale()));
  }

  /** to = W from + b. */
  private void affine(String layer, String from, String to, int outputs) {
    vector(to, outputs);
    add(Kind.BIAS, to, array(layer + "/b"), "");
    add(Kind.PRODUCT, to, forward(layer + "/W", outputs), from);
  }

  void add(Kind kind, String to, String with, String from) {
    add(new Operation(kind, to, with, from, 0));
  }

  void add(Operation operation) {
    list.add(operation);
  }

  String vector(String name, int length) {
    vectors.put(name, length);
    return name;
  }

  private float[] bias(String layer) {
    return models.get(0).get(layer + "/b");
  }

  String array(String name) {
    return chosen(name, 1, all(models.get(0).get(name).length));
  }

  /** A matrix for products with what the layer reads. */
  String forward(String name, int outputs) {
    return chosen(name, models.get(0).get(name).length / outputs, all(outputs));
  }

  /** Some outputs of a layer, transposed. */
  private String chosen(String name, int inputs, int[] outputs) {
    List<float[]> values = new ArrayList<>();
    for (SdeParameters model : models) {
      float[] all = model.get(name);
      float[] some = new float[inputs * outputs.length];
      for (int o = 0; o < outputs.length; o++) {
        for (int i = 0; i < inputs; i++) {
          some[i * outputs.length + o] = all[outputs[o] * inputs + i];
        }
      }
      values.add(some);
    }
    return weights(identifier(name), inputs, outputs.length, values);
  }

  /** A matrix for products of its transpose with what the layer writes. */
  private String backward(String name, int outputs) {
    List<float[]> values = models.stream().map(model -> model.get(name)).toList();
    String own = identifier(name) + "_back";
    return weights(own, outputs, values.get(0).length / outputs, values);
  }

  private String weights(String name, int inputs, int outputs, List<float[]> values) {
    weights.put(name, new Weights(name, inputs, outputs, values));
    return name;
  }

  private static String identifier(String name) {
    return name.replace('/', '_');
  }

  private static int[] all(int n) {
    return IntStream.range(0, n).toArray();
  }

  /** Whether an operation is needed; a source file leaves out functions that none calls. */
  public boolean uses(Kind kind) {
    return Stream.of(folded.isEmpty() ? List.<Operation>of() : fold, drift, diffusion)
        .flatMap(List::stream)
        .anyMatch(each -> each.kind() == kind);
  }
}
