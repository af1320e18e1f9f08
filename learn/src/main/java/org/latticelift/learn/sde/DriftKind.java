package org.latticelift.learn.sde;

import com.google.gson.annotations.SerializedName;

/** The forms of the drift. */
public enum DriftKind {
  /** Fully connected with ReLU (ME-44). */
  @SerializedName("plain")
  PLAIN,
  /** Generalised Onsager principle: dissipation, conservation, potential and force (ME-50). */
  @SerializedName("onsager")
  ONSAGER,
  /** One matrix and one vector (LC-05). */
  @SerializedName("linear")
  LINEAR
}
