package org.latticelift.learn.kernel;

import java.util.Arrays;
import java.util.List;
import org.latticelift.learn.kernel.Operation.Kind;
import org.latticelift.learn.sde.Baseline;
import org.latticelift.learn.sde.SdeArchitecture;

/**
 * The operations of a {@link Baseline} in a program: what comes before the drift network and after.
 */
final class BaselineProgram {
  private static final String CENTRE = "centre";
  private static final String MINUS_CENTRE = "minus_centre";

  private final SdeProgram program;
  private final SdeArchitecture architecture;
  private final Baseline baseline;

  BaselineProgram(SdeProgram program, SdeArchitecture architecture, Baseline baseline) {
    this.program = program;
    this.architecture = architecture;
    this.baseline = baseline;
  }

  /**
   * The state, or where it lies outside of the trained ellipsoid the point of its surface towards
   * the centre. Drift networks and polynomials read it in place of the state.
   */
  String inside() {
    int d = program.dimension();
    conditions();
    program.toDrift();
    String offset = program.vector("offset", d);
    program.add(Kind.FOLDED, offset, "", MINUS_CENTRE);
    program.add(new Operation(Kind.ADD, offset, "", SdeProgram.STATE, 1));
    String own = program.vector("own_units", d);
    program.add(Kind.ZERO, own, "", "");
    program.add(Kind.PRODUCT, own, program.forward(Baseline.INWARD, d), offset);
    program.add(new Operation(Kind.WITHIN, own, "", "", baseline.radius()));
    String inside = program.vector("inside", d);
    program.add(Kind.FOLDED, inside, "", CENTRE);
    program.add(Kind.PRODUCT, inside, program.forward(Baseline.OUTWARD, d), own);
    return inside;
  }

  /** The powers of u, and the centre of the ellipsoid. */
  private void conditions() {
    int d = program.dimension();
    program.toFold();
    String value = program.vector("condition_value", 1);
    float[] offset = {(float) architecture.conditionOffset()};
    float[] width = {(float) architecture.conditionWidth()};
    program.add(Kind.BIAS, value, program.constant("condition_offset", 1, 1, offset), "");
    program.add(
        Kind.PRODUCT, value, program.constant("condition_width", 1, 1, width), SdeProgram.INPUT);
    if (baseline.reciprocal()) {
      program.add(Kind.INVERSE, value, "", "");
    }
    float[] centre = {(float) (-baseline.centre() / baseline.width())};
    float[] scale = {(float) (1 / baseline.width())};
    for (int power = 1; power <= baseline.powers(); power++) {
      String u = program.vector("u_" + power, 1);
      program.add(Kind.BIAS, u, program.constant("condition_centre", 1, 1, centre), "");
      program.add(Kind.PRODUCT, u, program.constant("condition_scale", 1, 1, scale), value);
      if (power > 1) {
        program.add(new Operation(Kind.TIMES, u, "", "u_" + (power - 1), 1));
      }
    }
    program.foldedVector(CENTRE, d);
    program.foldedVector(MINUS_CENTRE, d);
    program.add(Kind.BIAS, CENTRE, program.array(Baseline.centre(0)), "");
    for (int power = 1; power <= baseline.powers(); power++) {
      program.add(Kind.PRODUCT, CENTRE, program.forward(Baseline.centre(power), d), "u_" + power);
    }
    program.add(Kind.ROUND, CENTRE, "", "");
    program.add(Kind.ZERO, MINUS_CENTRE, "", "");
    program.add(new Operation(Kind.ADD, MINUS_CENTRE, "", CENTRE, -1));
  }

  /** The terms as products of up to three variables, their sums for each power of u, the pull. */
  void addTo(String inside) {
    int d = program.dimension();
    List<int[]> terms = baseline.terms(d);
    program.toDrift();
    String all = program.vector("terms", terms.size());
    factor(all, terms, 0, inside);
    String next = program.vector("term_factor", terms.size());
    for (int order = 1; order < (baseline.cubic() > 0 ? 3 : 2); order++) {
      factor(next, terms, order, inside);
      program.add(new Operation(Kind.TIMES, all, "", next, 1));
    }
    program.add(Kind.PRODUCT, SdeProgram.DRIFT, program.forward(Baseline.parameter(0), d), all);
    for (int power = 1; power <= baseline.powers(); power++) {
      String scaled = program.vector("terms_" + power, terms.size());
      program.add(Kind.FOLDED, scaled, "", repeated(power, terms.size()));
      program.add(new Operation(Kind.TIMES, scaled, "", all, 1));
      program.add(
          Kind.PRODUCT, SdeProgram.DRIFT, program.forward(Baseline.parameter(power), d), scaled);
    }
    program.add(new Operation(Kind.ADD, SdeProgram.DRIFT, "", SdeProgram.STATE, -baseline.pull()));
    program.add(new Operation(Kind.ADD, SdeProgram.DRIFT, "", inside, baseline.pull()));
  }

  /** A power of u as many times as there are terms. */
  private String repeated(int power, int terms) {
    program.toFold();
    String name = program.foldedVector("power_" + power, terms);
    float[] ones = new float[terms];
    Arrays.fill(ones, 1);
    program.add(Kind.ZERO, name, "", "");
    program.add(Kind.PRODUCT, name, program.constant("ones", 1, terms, ones), "u_" + power);
    program.add(Kind.ROUND, name, "", "");
    program.toDrift();
    return name;
  }

  /** One of the variables that are multiplied in each term; 1 where a term has no more. */
  private void factor(String to, List<int[]> terms, int order, String inside) {
    int n = terms.size();
    int d = program.dimension();
    float[] chosen = new float[d * n];
    float[] none = new float[n];
    for (int t = 0; t < n; t++) {
      if (terms.get(t).length > order) {
        chosen[terms.get(t)[order] * n + t] = 1;
      } else {
        none[t] = 1;
      }
    }
    program.add(Kind.BIAS, to, program.constant("no_factor_" + order, 1, n, none), "");
    program.add(Kind.PRODUCT, to, program.constant("factor_" + order, d, n, chosen), inside);
  }
}
