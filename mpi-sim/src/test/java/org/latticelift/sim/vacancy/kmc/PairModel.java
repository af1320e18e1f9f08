package org.latticelift.sim.vacancy.kmc;

import java.util.List;
import org.latticelift.sim.vacancy.barrier.BarrierKernel;
import org.latticelift.sim.vacancy.barrier.BarrierModel;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.crystal.EnvironmentGeometry;
import org.latticelift.sim.vacancy.crystal.SiteOffset;

/**
 * Nearest-neighbour pair energies with barrier 0.9 eV + half the energy change, so that rates obey
 * detailed balance with the pair energies. For tests.
 *
 * @param crystal any
 * @param energy symmetric pair energies, eV; index 0 the vacancy
 */
record PairModel(Crystal crystal, double[][] energy) implements BarrierModel {
  static final double SADDLE = 0.9;

  static PairModel threeSpecies() {
    return new PairModel(
        Crystal.bcc(),
        new double[][] {
          {0, 0, 0, 0}, {0, -0.02, -0.06, 0.03}, {0, -0.06, 0.02, -0.09}, {0, 0.03, -0.09, 0.01}
        });
  }

  @Override
  public String name() {
    return "test pairs";
  }

  @Override
  public int species() {
    return energy.length - 1;
  }

  @Override
  public double attemptFrequency(int s) {
    return 1e13;
  }

  @Override
  public BarrierKernel newKernel() {
    return new Kernel(this);
  }

  private record Kernel(PairModel model) implements BarrierKernel {
    @Override
    public void barriers(byte[] environment, int at, int basis, float[] barriers, int to) {
      EnvironmentGeometry g = model.crystal.environment(basis);
      for (int d = 0; d < g.hops(); d++) {
        int atom = environment[at + g.hopTarget(d)];
        barriers[to + d] =
            atom == 0
                ? Float.POSITIVE_INFINITY
                : (float) (SADDLE + 0.5 * change(g, d, atom, environment, at));
      }
    }

    /** Energy of the atom at the place of the vacancy minus that where it is. */
    private double change(EnvironmentGeometry g, int d, int atom, byte[] environment, int at) {
      SiteOffset target = g.offset(g.hopTarget(d));
      double change = 0;
      for (int j = 0; j < g.sites(); j++) {
        if (g.shellOf(j) == 1 && j != g.hopTarget(d)) {
          change += model.energy[atom][environment[at + j]];
        }
      }
      List<SiteOffset> around = model.crystal.shell(target.basis(), 1);
      for (SiteOffset o : around) {
        SiteOffset site =
            new SiteOffset(
                target.dx() + o.dx(), target.dy() + o.dy(), target.dz() + o.dz(), o.basis());
        for (int j = 0; j < g.sites(); j++) {
          if (g.offset(j).equals(site)) {
            change -= model.energy[atom][environment[at + j]];
          }
        }
      }
      return change;
    }

    @Override
    public void barriers(int count, byte[] environments, int[] basis, float[] barriers) {
      int n = model.crystal.environmentSize();
      for (int i = 0; i < count; i++) {
        barriers(environments, i * n, basis[i], barriers, i * model.crystal.hopCount());
      }
    }
  }
}
