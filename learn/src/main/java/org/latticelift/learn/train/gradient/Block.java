package org.latticelift.learn.train.gradient;

/**
 * Values of a block of samples, sample after sample: entry c of sample t is data[offset + t stride
 * + c]. Strides are multiples of {@link BlockArithmetic#LANES}, and entries beyond a layer's width
 * are zero.
 *
 * @param <A> array type, {@code float[]} or {@code double[]}
 * @param data the values, not a copy
 * @param offset of the first sample's first entry
 * @param stride from one sample to the next
 */
public record Block<A>(A data, int offset, int stride) {

  /** The same samples from another entry on. */
  Block<A> from(int entry) {
    return new Block<>(data, offset + entry, stride);
  }

  /** Number of array elements that some samples cover. */
  int span(int samples) {
    return samples * stride;
  }
}
