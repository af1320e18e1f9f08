package org.latticelift.learn.train.gradient;

import java.util.HashMap;
import java.util.Map;
import org.latticelift.learn.sde.ParameterLayout;
import org.latticelift.learn.sde.ParameterSpec;
import org.latticelift.learn.sde.SdeArchitecture;

/** Where each named array begins in the flat parameter vector. */
final class ParameterMap {
  private final Map<String, Integer> start = new HashMap<>();
  private final Map<String, ParameterSpec> spec = new HashMap<>();

  ParameterMap(SdeArchitecture architecture) {
    int offset = 0;
    for (ParameterSpec next : ParameterLayout.of(architecture)) {
      start.put(next.name(), offset);
      spec.put(next.name(), next);
      offset += next.size();
    }
  }

  int start(String name) {
    return start.get(name);
  }

  /** Length of an axis of an array. */
  int length(String name, int axis) {
    return (int) spec.get(name).shape()[axis];
  }

  boolean contains(String name) {
    return start.containsKey(name);
  }
}
