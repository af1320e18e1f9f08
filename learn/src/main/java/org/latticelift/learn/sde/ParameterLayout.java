package org.latticelift.learn.sde;

import java.util.ArrayList;
import java.util.List;
import org.latticelift.learn.sde.ParameterSpec.Initial;
import org.latticelift.learn.sde.ParameterSpec.Initial.Kind;
import org.latticelift.learn.sde.SdeArchitecture.DiffusionSpec;

/**
 * The parameters of an architecture in their fixed order. Drift and diffusion take the state and
 * the temperature embedding through separate blocks {@code W_z}, {@code W_t} of their first layer,
 * which is the same as one matrix on the concatenation (ME-51).
 */
public final class ParameterLayout {
  private static final double ONSAGER_GAIN = 0.1;

  private final List<ParameterSpec> specs = new ArrayList<>();
  private final SdeArchitecture architecture;

  private ParameterLayout(SdeArchitecture architecture) {
    this.architecture = architecture;
    if (architecture.embedding() > 0) {
      embedding();
    }
    switch (architecture.drift().kind()) {
      case PLAIN -> plain();
      case ONSAGER -> onsager();
      case LINEAR -> linear();
    }
    diffusion();
    architecture.polynomial().ifPresent(this::baseline);
  }

  /** Behind all that is trained, as these are fitted. */
  private void baseline(Baseline baseline) {
    int d = architecture.dimension();
    for (int power = 0; power <= baseline.powers(); power++) {
      weight(Baseline.parameter(power), d, baseline.terms(d).size(), fan(baseline.terms(d).size()));
    }
    weight(Baseline.INWARD, d, d, new Initial(Kind.IDENTITY, 1));
    weight(Baseline.OUTWARD, d, d, new Initial(Kind.IDENTITY, 1));
    for (int power = 0; power <= baseline.powers(); power++) {
      weight(Baseline.centre(power), d, 1, fan(d));
    }
  }

  /**
   * The parameters of an architecture; specifications in the order of the flat parameter vector.
   */
  public static List<ParameterSpec> of(SdeArchitecture architecture) {
    return List.copyOf(new ParameterLayout(architecture).specs);
  }

  /**
   * Number of trainable values (ME-63). {@code prefix}: {@code embedding}, {@code drift}, {@code
   * diffusion}, or empty for all.
   */
  public static int count(SdeArchitecture architecture, String prefix) {
    return of(architecture).stream()
        .filter(s -> s.name().startsWith(prefix))
        .mapToInt(ParameterSpec::size)
        .sum();
  }

  private void embedding() {
    int hidden = SdeArchitecture.EMBEDDING_HIDDEN;
    int e = architecture.embedding();
    weight("embedding/hidden0/W", hidden, 1, glorot(1, hidden, 1));
    bias("embedding/hidden0/b", hidden, fan(1));
    weight("embedding/output/W", e, hidden, glorot(hidden, e, 1));
    bias("embedding/output/b", e, fan(hidden));
  }

  private void plain() {
    network("drift", architecture.drift().hidden(), architecture.dimension(), false);
  }

  private void linear() {
    int d = architecture.dimension();
    weight("drift/linear/W", d, d, fan(d));
    bias("drift/linear/b", d, fan(d));
  }

  private void onsager() {
    int d = architecture.dimension();
    int e = architecture.embedding();
    List<Integer> hidden = architecture.drift().hidden();
    int h = hidden.get(0);
    boolean identity = architecture.drift().identityStart();
    Initial gate = new Initial(Kind.POSITIVE, 0.05);
    Initial potential = new Initial(Kind.POSITIVE, 0.1);
    Initial orthogonal = new Initial(Kind.ORTHOGONAL, ONSAGER_GAIN);
    first("drift", h, glorot(d + e, h, ONSAGER_GAIN), gate);
    for (int l = 1; l < hidden.size(); l++) {
      weight("drift/hidden" + l + "/W", h, h, glorot(h, h, ONSAGER_GAIN));
      bias("drift/hidden" + l + "/b", h, gate);
    }
    weight("drift/potential/W", d, h, orthogonal);
    bias("drift/potential/b", d, potential);
    weight("drift/potential_linear/W", d, d, orthogonal);
    bias("drift/potential_linear/b", d, potential);
    weight("drift/matrix/W", d * d, h, glorot(h, d * d, ONSAGER_GAIN));
    bias(
        "drift/matrix/b", d * d, new Initial(identity ? Kind.IDENTITY : Kind.ORTHOGONAL_SQUARE, 1));
    if (architecture.drift().forcing()) {
      weight("drift/force/W", d, h, orthogonal);
      bias("drift/force/b", d, gate);
    }
  }

  private void diffusion() {
    DiffusionSpec spec = architecture.diffusion();
    int outputs = spec.outputs(architecture.dimension());
    if (spec.mode().network()) {
      network("diffusion", spec.hidden(), outputs, true);
    } else {
      bias("diffusion/value", outputs, new Initial(Kind.CONSTANT, spec.initial()));
    }
  }

  private void network(String prefix, List<Integer> hidden, int outputs, boolean xavier) {
    int inputs = architecture.dimension() + architecture.embedding();
    int h = hidden.get(0);
    first(prefix, h, xavier ? glorot(inputs, h, 1) : fan(inputs), fan(inputs));
    for (int l = 1; l < hidden.size(); l++) {
      int w = hidden.get(l);
      weight(prefix + "/hidden" + l + "/W", w, h, xavier ? glorot(h, w, 1) : fan(h));
      bias(prefix + "/hidden" + l + "/b", w, fan(h));
      h = w;
    }
    weight(prefix + "/output/W", outputs, h, xavier ? glorot(h, outputs, 1) : fan(h));
    bias(prefix + "/output/b", outputs, fan(h));
  }

  private void first(String prefix, int h, Initial weights, Initial biases) {
    weight(prefix + "/hidden0/W_z", h, architecture.dimension(), weights);
    if (architecture.embedding() > 0) {
      weight(prefix + "/hidden0/W_t", h, architecture.embedding(), weights);
    }
    bias(prefix + "/hidden0/b", h, biases);
  }

  private void weight(String name, int outputs, int inputs, Initial initial) {
    specs.add(new ParameterSpec(name, new long[] {outputs, inputs}, initial));
  }

  private void bias(String name, int length, Initial initial) {
    specs.add(new ParameterSpec(name, new long[] {length}, initial));
  }

  private static Initial glorot(int fanIn, int fanOut, double gain) {
    return new Initial(Kind.SYMMETRIC, gain * Math.sqrt(6.0 / (fanIn + fanOut)));
  }

  private static Initial fan(int fanIn) {
    return new Initial(Kind.SYMMETRIC, 1 / Math.sqrt(fanIn));
  }
}
