package org.latticelift.sim.systems.alloy;

import org.latticelift.io.config.AutoNumber;
import org.latticelift.io.config.Default;
import org.latticelift.io.config.Doc;
import org.latticelift.io.config.Range;

/**
 * What the alloy reads of section {@code upsample}.
 *
 * @param hierarchy factor 2 per axis and level, or one step (DI-19)
 * @param tiles copies of one block or independent blocks
 * @param distinct tiles that are drawn independently
 * @param window half width of the range of records that a state comes from
 * @param vacancies where vacancies end up (DI-38)
 * @param records whose mean pairs a sampled state has
 * @param shells of the fitted Hamiltonian
 * @param block length of blocks that stand for a larger sampled state, in cells
 * @param burnIn jumps per vacancy of a sampled state, in the mean
 */
public record UpsampleConfig(
    @Default("doubling") @Doc("levels of factor 2 per axis, or one level") Hierarchy hierarchy,
    @Default("replicate")
        @Doc(
            "tiles are copies of one periodic block (Algorithm 1), or drawn independently (AL-61);"
                + " maxent: no tiles, maximum-entropy states with the pairs of a record")
        Tiles tiles,
    @Default("auto")
        @Range(min = 1)
        @Doc(
            "tiles: independent, so many at least are drawn and the others are copies of their block; auto: all,"
                + " but eight with evolve.closed_patch: tile")
        AutoNumber distinct,
    @Default("0")
        @Range(min = 0)
        @Doc("a state comes from records within this distance, 0 = records/200")
        int window,
    @Default("keep")
        @Doc("vacancies stay where tiles brought them, or move to tile centres (AL-65)")
        VacancySites vacancies,
    @Default("auto")
        @Range(min = 1, max = 1e4)
        @Doc(
            "tiles: maxent, a state has the mean pairs of so many records of one age; auto: as many"
                + " as small lattices fill it, at most 64")
        AutoNumber records,
    @Default("5")
        @Range(min = 1, max = 8)
        @Doc("tiles: maxent fits pairs of so many shells, or of all that the crystal has")
        int shells,
    @Default("0")
        @Range(min = 0, max = 1e5)
        @Doc(
            "tiles: maxent, where more than eight blocks of so many cells per axis have room: eight"
                + " are sampled and stand for all; 0 = twice the small lattice")
        int block,
    @Default("1000")
        @Range(min = 0, max = UpsampleConfig.LONGEST_BURN_IN)
        @Doc(
            "jumps per vacancy, in the mean, that end the making of a state with tiles: maxent,"
                + " instead of relax; at most half its age")
        int burnIn) {
  /** More of which is a simulation of its own. */
  static final int LONGEST_BURN_IN = 1_000_000;
}
