package org.latticelift.sim.vacancy.crystal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.latticelift.sim.vacancy.lattice.Lattice;

/** What is printed is where an atom has to lie to be seen at that place of an environment. */
class EnvironmentTableTest {
  static List<Crystal> crystals() {
    return List.of(Crystal.bcc(), Crystal.fcc());
  }

  private static List<String[]> rows(Crystal crystal, int basis) {
    return new EnvironmentTable(crystal, basis)
        .toCsv()
        .lines()
        .skip(1)
        .map(line -> line.split(",", -1))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("crystals")
  void anAtomAtThePrintedPlaceIsGatheredAtThePrintedIndex(Crystal crystal) {
    int cells = 10;
    for (int b = 0; b < crystal.basisCount(); b++) {
      List<String[]> rows = rows(crystal, b);
      assertThat(rows).hasSize(crystal.environmentSize());
      for (int j = 0; j < rows.size(); j++) {
        Lattice lattice = new Lattice(crystal, cells, cells, cells);
        put(lattice, b, rows.get(j), cells);
        byte[] environment = new byte[crystal.environmentSize()];
        lattice.gather(5, 5, 5, b, environment, 0);
        int[] seen =
            IntStream.range(0, environment.length).filter(k -> environment[k] == 3).toArray();
        assertThat(seen).containsExactly(j);
        assertThat(rows.get(j)[0]).isEqualTo(String.valueOf(j));
      }
    }
  }

  /** Puts species 3 where a row says, from the site (5, 5, 5, b). */
  private static void put(Lattice lattice, int b, String[] row, int cells) {
    List<List<Double>> basis = lattice.crystal().spec().basis();
    double edge = lattice.crystal().spec().cell().get(0).get(0);
    for (int to = 0; to < basis.size(); to++) {
      double[] cell = new double[3];
      boolean whole = true;
      for (int axis = 0; axis < 3; axis++) {
        double printed = Double.parseDouble(row[1 + axis]);
        assertThat(Double.parseDouble(row[4 + axis])).isCloseTo(edge * printed, within(1e-6));
        cell[axis] = 5 + basis.get(b).get(axis) + printed - basis.get(to).get(axis);
        whole &= Math.abs(cell[axis] - Math.rint(cell[axis])) < 1e-9;
      }
      if (whole) {
        lattice.set(at(cell[0], cells), at(cell[1], cells), at(cell[2], cells), to, (byte) 3);
        return;
      }
    }
    throw new AssertionError("no site at " + String.join(" ", row));
  }

  private static int at(double cell, int cells) {
    return Math.floorMod((int) Math.rint(cell), cells);
  }

  @ParameterizedTest
  @MethodSource("crystals")
  void everyHopLeadsToOneSiteAndAllBasisPositionsSeeTheSame(Crystal crystal) {
    List<String> first = new EnvironmentTable(crystal, 0).toCsv().lines().toList();
    EnvironmentGeometry geometry = crystal.environment(0);
    for (int d = 0; d < crystal.hopCount(); d++) {
      assertThat(first.get(1 + geometry.hopTarget(d))).endsWith(",1," + d);
    }
    assertThat(first.stream().filter(line -> !line.endsWith(","))).hasSize(1 + crystal.hopCount());
    for (int b = 1; b < crystal.basisCount(); b++) {
      assertThat(new EnvironmentTable(crystal, b).toText())
          .isEqualTo(new EnvironmentTable(crystal, 0).toText());
    }
  }
}
