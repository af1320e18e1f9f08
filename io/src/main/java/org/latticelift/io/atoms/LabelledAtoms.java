package org.latticelift.io.atoms;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Atoms with what is known of them.
 *
 * @param atoms the frame
 * @param labels in the order in which they are written
 */
public record LabelledAtoms(AtomSource atoms, Map<String, String> labels) implements AtomSource {
  @Override
  public double[] cell() {
    return atoms.cell();
  }

  @Override
  public long count() {
    return atoms.count();
  }

  @Override
  public long timestep() {
    return atoms.timestep();
  }

  @Override
  public List<String> speciesNames() {
    return atoms.speciesNames();
  }

  @Override
  public List<String> properties() {
    return atoms.properties();
  }

  @Override
  public void forEach(Sink sink) throws IOException {
    atoms.forEach(sink);
  }
}
