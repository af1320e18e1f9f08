package org.latticelift.learn.kernel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.latticelift.learn.sde.SdeArchitecture;
import org.latticelift.learn.sde.SdeParameters;

/**
 * A program of one parameter set at one condition, laid out on the rows of a tile. Not changed
 * after construction; any number of tiles and threads share it.
 *
 * <p>A bias and the product after it are one layer, and so are two layers whose sum is wanted.
 * Factors of two go into the weights that read what they belong to. Vectors that are read no more
 * leave their rows to others, and drift and diffusion use the same rows, which keeps a tile small.
 *
 * <p>Cost per trajectory and step: the plain networks of ME-44 and ME-46 with d = 4 take 18 196
 * multiply-adds (drift 8 704, diffusion 9 472, the rest sigma dW and mu h), the alloy's (AL-80)
 * with d = 6 take 10 167 (Onsager drift 4 316, diffusion 5 824); the temperature enters through
 * folded biases and costs nothing. All of it is register-tiled products with the weights broadcast
 * and trajectories in lanes, so a core whose peak is 280 GFLOP/s could do 7.7 and 13.8 million
 * trajectory-steps per second; 65 % of the peak is 5.0 and 9.0 million. Random numbers take 1 to 2
 * % of the time, what is no product 15 % with the Onsager network and 5 % without. A wide tile of
 * 48 trajectories takes 30 or 54 KiB, of which a layer touches at most 24 in the first-level cache;
 * 75 or 45 KiB of weights stream past it from the second level, 23 operations per byte. {@code
 * SdeKernelBenchmark} and {@code bench ensemble} measure it.
 */
public final class TileProgram {
  private final SdeProgram program;
  private final int rows;
  private final StepTerms terms;

  /** What does not depend on the state, written once for a tile. */
  private final List<TileStep> constants;

  private final List<TileStep> drift;
  private final List<TileStep> diffusion;

  /** The equation of a parameter set ({@code condition}: such as a temperature in K). */
  public TileProgram(SdeArchitecture architecture, SdeParameters parameters, double condition) {
    this.program = new SdeProgram(architecture, List.of(parameters));
    int d = program.dimension();
    Layout layout = new Layout(program, PlainSdeKernel.fold(program, condition));
    this.terms = layout.terms;
    this.drift = layout.steps(program.drift());
    int used = layout.used;
    this.diffusion = layout.steps(program.diffusion());
    this.constants = layout.constants;
    this.rows = Math.max(used, layout.used);
  }

  private TileProgram(TileProgram other, Map<String, float[]> folded) {
    this.program = other.program;
    this.rows = other.rows;
    this.terms = other.terms;
    this.constants = other.constants;
    this.drift = other.drift.stream().map(step -> step.at(folded)).toList();
    this.diffusion = other.diffusion.stream().map(step -> step.at(folded)).toList();
  }

  /**
   * The same parameter set at another condition, as a new one, bit for bit; all weights but the
   * biases of first layers are shared, so this takes microseconds.
   */
  public TileProgram at(double condition) {
    return new TileProgram(this, PlainSdeKernel.fold(program, condition));
  }

  public int dimension() {
    return program.dimension();
  }

  /**
   * Work of a step: all products, those backwards through the Onsager potential too, the
   * contraction of the Onsager matrices, and the product of sigma with the noise. Not counted are
   * activations and random numbers. Returns floating-point operations per trajectory and step, two
   * per multiply-add.
   */
  public long operations() {
    int d = dimension();
    boolean onsager = program.uses(Operation.Kind.CONTRACT);
    long contraction = onsager ? (long) d * (d + 1) + (long) d * (d - 1) + 2L * d : 0;
    return 2
        * (program.multiplyAdds(program.drift())
            + contraction
            + program.multiplyAdds(program.diffusion())
            + program.shape().entries(d)
            + d);
  }

  int rows() {
    return rows;
  }

  StepTerms terms() {
    return terms;
  }

  void prepare(TileArithmetic arithmetic, float[] memory) {
    run(constants, arithmetic, memory);
  }

  void drift(TileArithmetic arithmetic, float[] memory) {
    run(drift, arithmetic, memory);
  }

  void diffusion(TileArithmetic arithmetic, float[] memory) {
    run(diffusion, arithmetic, memory);
  }

  private static void run(List<TileStep> steps, TileArithmetic arithmetic, float[] memory) {
    for (int i = 0; i < steps.size(); i++) {
      steps.get(i).run(arithmetic, memory);
    }
  }

  private interface TileStep {
    void run(TileArithmetic arithmetic, float[] memory);

    /** The same at another condition. */
    default TileStep at(Map<String, float[]> folded) {
      return this;
    }
  }

  /**
   * A layer from rows x to rows y.
   *
   * @param folded the vector that its bias is; empty where that does not depend on the condition
   * @param add to what y holds
   */
  private record Dense(TileWeights weights, String folded, int x, int y, boolean add)
      implements TileStep {
    @Override
    public void run(TileArithmetic arithmetic, float[] memory) {
      arithmetic.product(weights, memory, x, y, add);
    }

    @Override
    public TileStep at(Map<String, float[]> biases) {
      return folded.isEmpty() ? this : with(weights.withBias(biases.get(folded)));
    }

    Dense with(TileWeights other) {
      return new Dense(other, folded, x, y, add);
    }
  }

  /**
   * Equal numbers in each row, from row y on ({@code folded}: the vector that they are; empty where
   * they do not depend on the condition).
   */
  private record Fill(float[] values, String folded, int y) implements TileStep {
    @Override
    public TileStep at(Map<String, float[]> biases) {
      return folded.isEmpty() ? this : new Fill(biases.get(folded), folded, y);
    }

    @Override
    public void run(TileArithmetic arithmetic, float[] memory) {
      int lanes = arithmetic.lanes();
      for (int k = 0; k < values.length; k++) {
        Arrays.fill(memory, (y + k) * lanes, (y + k + 1) * lanes, values[k]);
      }
    }
  }

  /** Gives vectors their rows and operations their calls, first for the drift. */
  private static final class Layout {
    private final SdeProgram program;
    private final Map<String, float[]> folded;
    private final Map<String, Integer> fixed = new HashMap<>();
    private final StepTerms terms;
    private final List<TileStep> constants = new ArrayList<>();
    private int used;
    private final int free;

    private List<TileStep> steps = List.of();

    private final Map<String, Integer> rows = new HashMap<>();
    private final Map<Integer, Deque<Integer>> left = new HashMap<>();

    /** Biases that no product has begun with yet, by the vector that they belong to. */
    private final Map<String, float[]> begun = new HashMap<>();

    private final Map<String, String> begunFolded = new HashMap<>();

    /** What a vector is to be multiplied by where it is read. */
    private final Map<String, Float> factor = new HashMap<>();

    Layout(SdeProgram program, Map<String, float[]> folded) {
      this.program = program;
      this.folded = folded;
      int d = program.dimension();
      int z = take(d);
      int mu = take(d);
      int sigma = take(program.shape().entries(d));
      this.terms = new StepTerms(d, program.shape(), z, mu, sigma, take(d + 1), take(3 * d));
      this.free = used;
      fixed.put(SdeProgram.STATE, z);
      fixed.put(SdeProgram.DRIFT, mu);
      fixed.put(SdeProgram.ENTRIES, sigma);
      fixed.put(SdeProgram.SIGMA, sigma);
    }

    private int take(int outputs) {
      int first = used;
      used += TileWeights.padded(outputs);
      return first;
    }

    List<TileStep> steps(List<Operation> operations) {
      steps = new ArrayList<>();
      used = free;
      left.clear();
      rows.clear();
      rows.putAll(fixed);
      Map<String, Integer> last = new HashMap<>();
      for (int i = 0; i < operations.size(); i++) {
        Operation each = operations.get(i);
        for (String name : List.of(each.to(), each.with(), each.from())) {
          last.put(name, i);
        }
      }
      for (int i = 0; i < operations.size(); i++) {
        int now = i;
        add(operations.get(i));
        rows.entrySet().stream()
            .filter(e -> !fixed.containsKey(e.getKey()) && last.getOrDefault(e.getKey(), 0) == now)
            .map(Map.Entry::getKey)
            .sorted()
            .toList()
            .forEach(this::leave);
      }
      return List.copyOf(steps);
    }

    private int length(String name) {
      return TileWeights.padded(program.vectors().get(name));
    }

    /** The first row of a vector. */
    private int row(String name) {
      return rows.computeIfAbsent(
          name,
          vector -> {
            Deque<Integer> of = left.getOrDefault(length(vector), new ArrayDeque<>());
            return of.isEmpty() ? take(length(vector)) : of.pop();
          });
    }

    private void leave(String name) {
      left.computeIfAbsent(length(name), n -> new ArrayDeque<>()).push(rows.remove(name));
    }

    private void add(Operation each) {
      int to = row(each.to());
      String from = each.from();
      float by = (float) each.factor();
      switch (each.kind()) {
        case ZERO -> begun.put(each.to(), new float[program.vectors().get(each.to())]);
        case BIAS -> begun.put(each.to(), program.weights(each.with()).values().get(0));
        case FOLDED -> {
          begun.put(each.to(), folded.get(from));
          begunFolded.put(each.to(), from);
        }
        case PRODUCT -> product(each);
        case RELU -> relu(to);
        case ACTIVATE -> {
          boolean more = begun.remove(each.to()) == null;
          int u = row(each.with());
          int count = length(each.with());
          steps.add((arithmetic, m) -> arithmetic.onsager(m, u, to, count, more));
        }
        case TIMES -> {
          int x = read(from);
          write(each.to());
          int count = length(each.to());
          steps.add((arithmetic, m) -> arithmetic.multiply(m, to, x, to, count));
          if (by != 1) {
            factor.put(each.to(), by);
          }
        }
        case WITHIN -> {
          write(each.to());
          int count = program.vectors().get(each.to());
          steps.add((arithmetic, m) -> arithmetic.within(m, by, to, count));
        }
        case SCALE -> {
          int count = program.vectors().get(each.to());
          steps.add((arithmetic, m) -> arithmetic.addScaled(m, by - 1, to, to, count));
        }
        case ADD -> {
          if (by != 1 || !merged(from, to)) {
            int x = read(from);
            write(each.to());
            int count = program.vectors().get(each.to());
            steps.add((arithmetic, m) -> arithmetic.addScaled(m, by, x, to, count));
          }
        }
        case CONTRACT -> {
          write(each.to());
          int d = program.dimension();
          OnsagerTerms onsager =
              new OnsagerTerms(d, by, read(each.with()), read(from), take(d), to);
          steps.add((arithmetic, m) -> arithmetic.contract(m, onsager));
        }
        case MATRIX -> matrix(from, to, by);
        default -> throw new IllegalStateException(each.kind() + " of a state");
      }
    }

    /** Rows of a vector that is read as it stands. */
    private int read(String name) {
      if (factor.containsKey(name)) {
        throw new IllegalStateException(name + " has a factor that only products take");
      }
      write(name);
      return row(name);
    }

    /** Writes a bias that no product begins with. */
    private void write(String name) {
      float[] bias = begun.remove(name);
      if (bias != null) {
        String of = begunFolded.remove(name);
        steps.add(new Fill(bias, of == null ? "" : of, row(name)));
      }
    }

    private void product(Operation each) {
      Weights weights = program.weights(each.with());
      float[] values = weights.values().get(0);
      float by = factor.getOrDefault(each.from(), 1f);
      float[] scaled = values.clone();
      for (int i = 0; i < scaled.length; i++) {
        scaled[i] *= by;
      }
      float[] bias = begun.remove(each.to());
      String of = begunFolded.remove(each.to());
      TileWeights layer =
          TileWeights.of(weights.inputs(), scaled, bias == null ? new float[0] : bias);
      int x = row(each.from());
      steps.add(new Dense(layer, of == null ? "" : of, x, row(each.to()), bias == null));
    }

    private Dense lastTo(int row, int back) {
      int at = steps.size() - back;
      return at >= 0 && steps.get(at) instanceof Dense dense && dense.y == row ? dense : null;
    }

    private void relu(int to) {
      Dense layer = lastTo(to, 1);
      if (layer == null) {
        throw new IllegalStateException("only layers are rectified");
      }
      steps.set(steps.size() - 1, layer.with(layer.weights.withRelu()));
    }

    /** Two layers, just laid out, whose sum is wanted: the second goes on from the first. */
    private boolean merged(String from, int to) {
      Dense second = lastTo(row(from), 1);
      Dense first = lastTo(to, 2);
      if (second == null || first == null || second.add) {
        return false;
      }
      float[] bias = first.weights.bias();
      float[] more = second.weights.bias();
      for (int i = 0; i < bias.length; i++) {
        bias[i] += more[i];
      }
      steps.set(steps.size() - 2, first.with(first.weights.withBias(bias)));
      steps.set(steps.size() - 1, new Dense(second.weights, "", second.x, to, true));
      return true;
    }

    /** The scale goes into the layer before, but for entries that are made positive after it. */
    private void matrix(String entries, int sigma, float scale) {
      int d = program.dimension();
      float[] factors = new float[program.shape().entries(d)];
      Arrays.fill(factors, scale);
      List<Integer> positive = new ArrayList<>();
      for (int i = 0; i < d && program.positive(); i++) {
        positive.add(program.shape().at(i, i, d));
        factors[program.shape().at(i, i, d)] = 1;
      }
      float[] constant = begun.remove(entries);
      if (constant != null) {
        float[] values = constant.clone();
        for (int k = 0; k < values.length; k++) {
          values[k] = scale * (positive.contains(k) ? TileMath.softplus(values[k]) : values[k]);
        }
        constants.add(new Fill(values, "", sigma));
        return;
      }
      Dense layer = lastTo(sigma, 1);
      steps.set(steps.size() - 1, layer.with(layer.weights.scaled(factors)));
      for (int k : positive) {
        steps.add((arithmetic, m) -> arithmetic.softplus(m, sigma + k, scale));
      }
    }
  }
}
