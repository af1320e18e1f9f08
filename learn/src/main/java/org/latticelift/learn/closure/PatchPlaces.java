package org.latticelift.learn.closure;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.latticelift.sim.system.Encoding;

/** Where the centre of each patch is in the state, from -1 to 1 along every axis. */
final class PatchPlaces {
  private final int patches;
  private final int axes;
  private final float[] centre;

  PatchPlaces(Encoding encoding) {
    patches = encoding.patches();
    axes = encoding.patch().size();
    centre = new float[patches * axes];
    for (int patch = 0; patch < patches; patch++) {
      int left = patch;
      for (int axis = axes - 1; axis >= 0; axis--) {
        int blocks = encoding.large().get(axis) / encoding.patch().get(axis);
        centre[patch * axes + axis] = (2f * (left % blocks) + 1) / blocks - 1;
        left /= blocks;
      }
    }
  }

  /** Centre of a patch along an axis. */
  float at(int patch, int axis) {
    return centre[patch * axes + axis];
  }

  /** Latents [n,d] to rows for every patch of every state, [n K, d + axes]. */
  NDArray beside(NDManager step, NDArray latents) {
    long states = latents.getShape().get(0);
    long d = latents.getShape().get(1);
    NDArray rows =
        latents
            .reshape(new Shape(states, 1, d))
            .broadcast(new Shape(states, patches, d))
            .reshape(new Shape(states * patches, d));
    float[] all = new float[Math.toIntExact(states) * centre.length];
    for (int state = 0; state < states; state++) {
      System.arraycopy(centre, 0, all, state * centre.length, centre.length);
    }
    return rows.concat(step.create(all, new Shape(states * patches, axes)), 1);
  }
}
