package org.latticelift.sim.vacancy.barrier;

import java.util.Optional;
import org.latticelift.io.config.Default;
import org.latticelift.io.config.Doc;
import org.latticelift.io.config.InputFile;
import org.latticelift.io.config.Range;

/**
 * The configuration section {@code barrier}.
 *
 * @param model which model
 * @param weights the weight file of model {@code network}
 * @param order input order; must not contradict the weights
 * @param bnEpsilon epsilon of the batch normalisation; wins over the weights
 * @param attemptFrequency attempt frequencies; win over the model's
 * @param pairwise energies of model {@code pairwise}; default: those of the crystal
 */
public record BarrierConfig(
    @Default("compact")
        @Doc("compact and small are shipped networks, pairwise is analytic, network reads weights")
        ModelKind model,
    @Doc("weight file (HDF5) of model network") Optional<InputFile> weights,
    @Doc("authors or nnk; must not contradict the weights") Optional<InputOrder> order,
    @Range(min = 0, max = 1) @Doc("epsilon of the batch normalisation") Optional<Double> bnEpsilon,
    @Doc("attempt frequency, 1/s: one number, or one per species in code order")
        Optional<AttemptFrequency> attemptFrequency,
    @Doc("energies of model pairwise") Optional<PairEnergiesConfig> pairwise) {}
