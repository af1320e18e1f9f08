package org.latticelift.learn.closure;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Encodes the channels of a patch one by one, with one network for all of them (PP-23) or one for
 * each (DI-36).
 *
 * @param channels of a patch
 * @param sites of a patch
 * @param networks one, or one per channel; sites to outputs
 */
record SharedEncoder(int channels, int sites, List<DenseNetwork> networks) implements Network {
  /** Hidden layers of PP-30. */
  static SharedEncoder of(int channels, int sites, int outputs, boolean shared) {
    List<DenseNetwork> networks = new ArrayList<>();
    for (int c = 0; c < (shared ? 1 : channels); c++) {
      String name = shared ? "encoder" : "encoder/channel" + c;
      networks.add(new DenseNetwork(name, List.of(sites, 32, 32, outputs)));
    }
    return new SharedEncoder(channels, sites, List.copyOf(networks));
  }

  @Override
  public List<ParameterArray> parameters() {
    return networks.stream().flatMap(network -> network.parameters().stream()).toList();
  }

  /** Rows of channels times sites to rows of channels times outputs. */
  @Override
  public NDArray apply(NDArray input, BoundParameters arrays) {
    long rows = input.getShape().get(0);
    if (networks.size() == 1) {
      NDArray each = input.reshape(new Shape(rows * channels, sites));
      return networks.get(0).apply(each, arrays).reshape(new Shape(rows, -1));
    }
    NDList parts = new NDList();
    for (int c = 0; c < channels; c++) {
      NDIndex columns = new NDIndex().addAllDim().addSliceDim((long) c * sites, (c + 1L) * sites);
      parts.add(networks.get(c).apply(input.get(columns), arrays));
    }
    return NDArrays.concat(parts, 1);
  }
}
