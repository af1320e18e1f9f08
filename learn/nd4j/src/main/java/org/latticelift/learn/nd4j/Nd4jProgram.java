package org.latticelift.learn.nd4j;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.latticelift.learn.kernel.Operation;
import org.latticelift.learn.kernel.PlainSdeKernel;
import org.latticelift.learn.kernel.SdeProgram;
import org.latticelift.learn.kernel.SigmaShape;
import org.latticelift.learn.kernel.Weights;
import org.latticelift.learn.sde.SdeArchitecture;
import org.latticelift.learn.sde.SdeParameters;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * The operations of a program on many states: a vector is a matrix [elements, states]. For one
 * parameter set at one condition.
 */
final class Nd4jProgram {
  private static final double BEND = 0.5;

  private final SdeProgram program;
  private final int d;

  /** Matrices [outputs, inputs] and biases [elements, 1], by name. */
  private final Map<String, INDArray> arrays = new HashMap<>();

  /** Lower triangle with the diagonal and strict upper one, [d, d, 1]. */
  private final INDArray lower;

  private final INDArray upper;

  /** Entry by entry of sigma: 1 where it is made positive. */
  private final INDArray positive;

  /** From the entries of sigma to all d times d, which are 0 elsewhere. */
  private final INDArray spread;

  Nd4jProgram(SdeArchitecture architecture, SdeParameters parameters, double condition) {
    program = new SdeProgram(architecture, List.of(parameters));
    d = program.dimension();
    for (Weights each : program.weights()) {
      float[] values = each.values().get(0);
      arrays.put(each.name(), matrix(values, each.inputs(), each.outputs()).transpose().dup('c'));
    }
    PlainSdeKernel.fold(program, condition)
        .forEach((name, bias) -> arrays.put(name, matrix(bias, bias.length, 1)));
    SigmaShape shape = program.shape();
    int entries = shape.entries(d);
    float[] triangle = new float[d * d];
    float[] diagonal = new float[entries];
    float[] places = new float[d * d * entries];
    for (int i = 0; i < d; i++) {
      java.util.Arrays.fill(triangle, i * d, i * d + i + 1, 1);
      diagonal[shape.at(i, i, d)] = program.positive() ? 1 : 0;
      for (int j = shape.first(i); j < shape.end(i, d); j++) {
        places[(i * d + j) * entries + shape.at(i, j, d)] = 1;
      }
    }
    lower = Nd4j.create(triangle, new long[] {d, d, 1}, 'c');
    upper = Nd4j.onesLike(lower).subi(lower);
    positive = matrix(diagonal, entries, 1);
    spread = matrix(places, d * d, entries);
  }

  private static INDArray matrix(float[] values, int rows, int columns) {
    return Nd4j.create(values, new long[] {rows, columns}, 'c');
  }

  /** mu of states [d, count]. */
  INDArray drift(INDArray z) {
    return result(z, program.drift(), SdeProgram.DRIFT);
  }

  /** sigma times the noise of each state, both [d, count]. */
  INDArray diffusion(INDArray z, INDArray noise) {
    long count = z.size(1);
    INDArray sigma = result(z, program.diffusion(), SdeProgram.SIGMA);
    INDArray each = noise.reshape('c', 1, d, count).broadcast(d, d, count);
    return sigma.reshape('c', d, d, count).mul(each).sum(1);
  }

  private INDArray result(INDArray z, List<Operation> operations, String name) {
    Map<String, INDArray> vectors = new HashMap<>();
    vectors.put(SdeProgram.STATE, z);
    for (Operation each : operations) {
      INDArray to = vectors.get(each.to());
      INDArray from = vectors.get(each.from());
      double factor = each.factor();
      INDArray made =
          switch (each.kind()) {
            case ZERO -> Nd4j.zeros(program.vectors().get(each.to()), z.size(1));
            case BIAS -> repeated(arrays.get(each.with()), z.size(1));
            case FOLDED -> repeated(arrays.get(each.from()), z.size(1));
            case PRODUCT -> to.addi(arrays.get(each.with()).mmul(from));
            case RELU -> Transforms.relu(to, false);
            case ACTIVATE -> activated(to, each.with(), vectors);
            case TIMES -> to.mul(from).muli(factor);
            case WITHIN -> within(factor, to);
            case INVERSE -> to.rdivi(1);
            case SCALE -> to.muli(factor);
            case ADD -> to.addi(from.mul(factor));
            case CONTRACT -> contracted(factor, vectors.get(each.with()), from, to);
            case MATRIX -> spread.mmul(shaped(from)).muli(factor);
            case ROUND -> to;
          };
      vectors.put(each.to(), made);
    }
    return vectors.get(name);
  }

  private static INDArray repeated(INDArray bias, long count) {
    return bias.reshape('c', bias.length(), 1).broadcast(bias.length(), count).dup('c');
  }

  private static INDArray activated(INDArray to, String name, Map<String, INDArray> vectors) {
    INDArray u = vectors.get(name);
    INDArray c = Transforms.relu(u, true).subi(Transforms.relu(u.sub(BEND), false));
    vectors.put(name, c);
    return to.addi(u.mul(2).subi(c).muli(c));
  }

  /** Columns of a length of at most the radius. */
  private static INDArray within(double radius, INDArray to) {
    INDArray size = Transforms.sqrt(to.mul(to).sum(true, 0), false);
    return to.muliRowVector(Transforms.max(size.rdivi(radius).rsubi(1), 0).rsubi(1));
  }

  /** to - (L L^T + U - U^T + c I) g, L the lower triangle of A and U the strict upper one. */
  private INDArray contracted(double c, INDArray a, INDArray g, INDArray to) {
    long count = g.size(1);
    INDArray all = a.reshape('c', d, d, count);
    INDArray l = all.mul(lower.broadcast(d, d, count));
    INDArray u = all.mul(upper.broadcast(d, d, count));
    INDArray dissipated = times(l, transposedTimes(l, g));
    INDArray moved = dissipated.addi(times(u, g)).subi(transposedTimes(u, g)).addi(g.mul(c));
    return to.sub(moved);
  }

  private INDArray times(INDArray m, INDArray g) {
    long count = g.size(1);
    return m.mul(g.reshape('c', 1, d, count).broadcast(d, d, count)).sum(1);
  }

  private INDArray transposedTimes(INDArray m, INDArray g) {
    long count = g.size(1);
    return m.mul(g.reshape('c', d, 1, count).broadcast(d, d, count)).sum(0);
  }

  private INDArray shaped(INDArray entries) {
    if (!program.positive()) {
      return entries;
    }
    INDArray made = Transforms.softPlus(entries, true).muliColumnVector(positive);
    return entries.mulColumnVector(positive.rsub(1)).addi(made);
  }
}
