package org.latticelift.learn.barrierfit;

import java.util.Optional;
import org.latticelift.io.config.Binder.Default;
import org.latticelift.io.config.Binder.Doc;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.learn.barrierfit.BarrierSampleStage.SampleConfig;

/**
 * The configuration of {@code barrier sample} and {@code barrier train}; each reads its own
 * section.
 */
public record BarrierTrainingConfig(
    @Doc("seed of all random streams") @Default("1") long seed,
    @Doc("the teacher, as section barrier of a simulation") Optional<ConfigNode> barrier,
    @Doc("what the table is made of") Optional<SampleConfig> sample,
    @Doc("what is fitted to it") Optional<NetworkTrainingConfig> train) {}
