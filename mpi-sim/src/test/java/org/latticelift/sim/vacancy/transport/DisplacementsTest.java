package org.latticelift.sim.vacancy.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.crystal.EnvironmentGeometry;
import org.latticelift.sim.vacancy.kmc.JumpEvent;
import org.latticelift.sim.vacancy.kmc.RandomAlloy;
import org.latticelift.sim.vacancy.kmc.VacancyKernel.Clock;
import org.latticelift.sim.vacancy.kmc.VacancySimulator;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.transport.Displacements.Columns;

class DisplacementsTest {
  private static final int SPECIES = 3;
  private static final Columns LAYOUT = new Columns(SPECIES, 3, true);

  /** Every atom by itself, in Å: the plain counterpart. */
  private static final class Atoms {
    private final Lattice lattice;
    private final Map<Long, double[]> at = new HashMap<>();
    private final Map<double[], double[]> origin = new HashMap<>();

    Atoms(Lattice lattice) {
      this.lattice = lattice;
      for (long site = 0; site < lattice.sites(); site++) {
        at.put(site, new double[3]);
      }
      restart();
    }

    void jumped(JumpEvent event) {
      EnvironmentGeometry around = lattice.crystal().environment(event.basisFrom());
      double[] hop =
          lattice
              .crystal()
              .spec()
              .vector(event.basisFrom(), around.offset(around.hopTarget(event.direction())));
      double[] atom = at.get(event.to());
      at.put(event.to(), at.get(event.from()));
      at.put(event.from(), atom);
      for (int axis = 0; axis < 3; axis++) {
        atom[axis] -= hop[axis];
      }
    }

    void restart() {
      at.values().forEach(moved -> origin.put(moved, moved.clone()));
    }

    double[] sum(int code) {
      double[] sum = new double[3];
      at.forEach(
          (site, moved) -> {
            for (int axis = 0; axis < 3 && lattice.get(site) == code; axis++) {
              sum[axis] += moved[axis];
            }
          });
      return sum;
    }

    double squares(int code) {
      return at.entrySet().stream()
          .filter(each -> lattice.get(each.getKey()) == code)
          .mapToDouble(
              each -> {
                double[] from = origin.get(each.getValue());
                double square = 0;
                for (int axis = 0; axis < 3; axis++) {
                  square += Math.pow(each.getValue()[axis] - from[axis], 2);
                }
                return square;
              })
          .sum();
    }
  }

  @Test
  void sumsAndSquaresAreThoseOfTheAtoms() {
    for (Crystal crystal : new Crystal[] {Crystal.bcc(), Crystal.fcc()}) {
      Lattice lattice = RandomAlloy.of(crystal, 5, 6, 5, SPECIES, 2, 3);
      VacancySimulator simulator = simulator(lattice);
      Displacements moved = new Displacements(LAYOUT, lattice, 2);
      Atoms atoms = new Atoms(lattice);
      simulator.observe(moved);
      simulator.observe(atoms::jumped);
      RandomStream stream = stream();
      moved.record(lattice);
      for (int record = 1; record <= 4; record++) {
        simulator.runEvents(3000, Clock.MEAN, stream);
        double[] columns = moved.record(lattice);
        for (int code = 1; code <= SPECIES; code++) {
          int at = LAYOUT.sum(code);
          assertArrayEquals(atoms.sum(code), Arrays.copyOfRange(columns, at, at + 3), 1e-6);
          assertEquals(record == 4 ? 1 : 0, columns[LAYOUT.followed(2)]);
          double square = record == 4 ? atoms.squares(code) : 0;
          assertEquals(square, columns[LAYOUT.square(2, code)], 1e-6);
        }
      }
      atoms.restart(); // the window of four records is over
      double[] before = moved.record(lattice);
      simulator.runEvents(500, Clock.MEAN, stream);
      double[] columns = moved.record(lattice);
      assertEquals(6, columns[LAYOUT.followed(0)]);
      double moves = columns[LAYOUT.square(0, 1)] - before[LAYOUT.square(0, 1)];
      assertEquals(atoms.squares(1), moves, 1e-6);
    }
  }

  /** Level by level, from the positions at the ends of windows. */
  @Test
  void productsAreThoseOfWindowsThatFollowEachOther() {
    Lattice lattice = RandomAlloy.of(Crystal.bcc(), 6, 5, 5, SPECIES, 1, 4);
    VacancySimulator simulator = simulator(lattice);
    Displacements moved = new Displacements(LAYOUT, lattice, 1);
    simulator.observe(moved);
    int windows = 64;
    double[][] at = new double[windows + 1][];
    at[0] = moved.record(lattice);
    RandomStream stream = stream();
    for (int k = 1; k <= windows; k++) {
      simulator.runEvents(Displacements.STRIDE, Clock.MEAN, stream);
      at[k] = moved.record(lattice);
    }
    for (int level = 0; level < 6; level++) {
      int length = 1 << level;
      double product = 0;
      double vacancy = 0;
      for (int k = length; k <= windows; k += length) {
        for (int axis = 0; axis < 3; axis++) {
          double[] change = new double[SPECIES + 1];
          for (int code = 1; code <= SPECIES; code++) {
            int column = LAYOUT.sum(code) + axis;
            change[code] = at[k][column] - at[k - length][column];
            change[0] -= change[code];
          }
          product += change[1] * change[3];
          vacancy += change[0] * change[0];
        }
      }
      double[] last = at[windows];
      assertEquals(windows / length, last[LAYOUT.level(level)]);
      assertEquals(product, last[LAYOUT.product(level, 3, 1)], 1e-6);
      assertEquals(windows / length, last[LAYOUT.single(level)]);
      assertEquals(vacancy, last[LAYOUT.single(level) + 1], 1e-6);
    }
  }

  /** Windows of 1, 2, 4 and 8 records: the longer ones begin four times within their length. */
  @Test
  void windowsOfRecordsHaveFourOrigins() {
    Columns layout = new Columns(SPECIES, 4, false);
    Lattice lattice = RandomAlloy.of(Crystal.bcc(), 5, 5, 5, SPECIES, 1, 3);
    VacancySimulator simulator = simulator(lattice);
    Displacements moved = new Displacements(layout, lattice, 1);
    int records = 21;
    Atoms[] since = new Atoms[records];
    double[] squares = new double[layout.lengths()];
    double[] seen = new double[layout.lengths()];
    simulator.observe(moved);
    RandomStream stream = stream();
    double[] columns = {};
    for (int record = 0; record < records; record++) {
      for (int length = 0; length < squares.length; length++) {
        int window = 1 << length;
        int from = record - window;
        if (from >= 0 && from % Math.max(1, window / 4) == 0) {
          squares[length] += since[from].squares(2);
          seen[length]++;
        }
      }
      columns = moved.record(lattice);
      since[record] = new Atoms(lattice);
      simulator.observe(since[record]::jumped);
      simulator.runEvents(700, Clock.MEAN, stream);
    }
    for (int length = 0; length < squares.length; length++) {
      assertEquals(seen[length], columns[layout.followed(length)]);
      assertEquals(squares[length], columns[layout.square(length, 2)], 1e-6);
    }
    assertEquals(Math.ceil((records - 8) / 2.0), seen[3]);
  }

  /** Windows of jumps are of so many jumps of each vacancy. */
  @Test
  void manyVacanciesHaveLongerWindowsTogether() {
    int vacancies = 3;
    Lattice lattice = RandomAlloy.of(Crystal.bcc(), 6, 5, 5, SPECIES, vacancies, 4);
    VacancySimulator simulator = simulator(lattice);
    Displacements moved = new Displacements(LAYOUT, lattice, vacancies);
    simulator.observe(moved);
    moved.record(lattice);
    int windows = 50;
    simulator.runEvents(windows * Displacements.STRIDE * vacancies, Clock.MEAN, stream());
    double[] columns = moved.record(lattice);
    assertEquals(windows, columns[LAYOUT.level(0)]);
    assertEquals(vacancies * windows, columns[LAYOUT.single(0)], vacancies);
  }

  @Test
  void whatIsSavedGoesOnAsIfItHadNotBeen() {
    Lattice lattice = RandomAlloy.of(Crystal.fcc(), 5, 5, 5, SPECIES, 2, 6);
    VacancySimulator simulator = simulator(lattice);
    Displacements moved = new Displacements(LAYOUT, lattice, 2);
    simulator.observe(moved);
    RandomStream stream = stream();
    moved.record(lattice);
    simulator.runEvents(1234, Clock.MEAN, stream);
    moved.record(lattice);
    simulator.runEvents(321, Clock.MEAN, stream);
    byte[] saved = moved.save();
    Displacements restored = new Displacements(LAYOUT, lattice, 2);
    ByteBuffer buffer = ByteBuffer.wrap(saved);
    restored.restore(buffer);
    assertEquals(0, buffer.remaining());
    simulator.observe(restored);
    for (int record = 0; record < 9; record++) {
      simulator.runEvents(777, Clock.MEAN, stream);
      assertArrayEquals(moved.record(lattice), restored.record(lattice));
    }
  }

  @Test
  void anotherUnitOfLengthChangesLengthsAlone() {
    Lattice lattice = RandomAlloy.of(Crystal.bcc(), 5, 5, 5, SPECIES, 1, 9);
    VacancySimulator simulator = simulator(lattice);
    Displacements moved = new Displacements(LAYOUT, lattice, 1);
    simulator.observe(moved);
    moved.record(lattice);
    simulator.runEvents(1000, Clock.MEAN, stream());
    double[] columns = moved.record(lattice);
    double[] half = LAYOUT.scaled(columns, 0.5);
    assertEquals(columns[LAYOUT.sum(2) + 1] / 2, half[LAYOUT.sum(2) + 1]);
    assertEquals(columns[LAYOUT.jumps(3)], half[LAYOUT.jumps(3)]);
    assertEquals(columns[LAYOUT.level(2)], half[LAYOUT.level(2)]);
    assertEquals(columns[LAYOUT.product(2, 1, 2)] / 4, half[LAYOUT.product(2, 1, 2)]);
    assertEquals(columns[LAYOUT.single(1)], half[LAYOUT.single(1)]);
    assertEquals(columns[LAYOUT.single(1) + 1] / 4, half[LAYOUT.single(1) + 1]);
    assertEquals(columns[LAYOUT.followed(1)], half[LAYOUT.followed(1)]);
    assertEquals(columns[LAYOUT.square(1, 3)] / 4, half[LAYOUT.square(1, 3)]);
  }

  private static VacancySimulator simulator(Lattice lattice) {
    VacancySimulator simulator =
        new VacancySimulator(
            lattice, new ConstantRates(lattice.crystal(), 1e9, 3e8, 1e8), 1000, null);
    simulator.activateAll();
    return simulator;
  }

  private static RandomStream stream() {
    return new Streams(3).stream(Purpose.DIRECT, 1);
  }
}
