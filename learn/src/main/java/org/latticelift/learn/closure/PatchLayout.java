package org.latticelift.learn.closure;

import org.latticelift.sim.system.Encoding;

/**
 * Where the numbers of the patches of a state stand in the state: from patches [K, channels, sites
 * of a patch] to fields [channels, sites].
 */
final class PatchLayout {
  private final int[] target;

  PatchLayout(Encoding encoding) {
    target = new int[encoding.patches() * encoding.inputs()];
    int axes = encoding.patch().size();
    int patchSites = encoding.inputs() / encoding.channels();
    int sites = patchSites * encoding.patches();
    for (int i = 0; i < target.length; i++) {
      int within = i % patchSites;
      int channel = i / patchSites % encoding.channels();
      int patch = i / encoding.inputs();
      int site = 0;
      int stride = 1;
      for (int axis = axes - 1; axis >= 0; axis--) {
        int length = encoding.patch().get(axis);
        int blocks = encoding.large().get(axis) / length;
        site += stride * (patch % blocks * length + within % length);
        stride *= encoding.large().get(axis);
        patch /= blocks;
        within /= length;
      }
      target[i] = channel * sites + site;
    }
  }

  /** Puts one state together. */
  void assemble(float[] patches, int from, float[] state, int to) {
    for (int i = 0; i < target.length; i++) {
      state[to + target[i]] = patches[from + i];
    }
  }

  int size() {
    return target.length;
  }
}
