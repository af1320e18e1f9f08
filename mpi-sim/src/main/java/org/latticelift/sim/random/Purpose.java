package org.latticelift.sim.random;

/**
 * Everything a run draws random numbers for. The name (not the position) of a purpose enters the
 * key of its streams, so entries may be added and sorted freely but never renamed.
 */
public enum Purpose {
  /** Initial state of a simulation; task: condition, run. */
  INITIAL_STATE,
  /** Microscopic simulation of the small system; task: condition, run. */
  SIMULATE,
  /**
   * Timing run that fixes the record times of a condition; task: condition. That of the relaxation
   * of a distributed start; task: condition, run.
   */
  PILOT,
  /** Microscopic simulation of the large system; task: condition, run. */
  DIRECT,
  /** Initial state of a direct simulation of the large system; task: condition, run. */
  DIRECT_INITIAL_STATE,
  /** Events of one block of a distributed lattice; task: condition, run, block. */
  BLOCK,
  /** Order of the colours of a distributed lattice; task: condition, run, cycle. */
  COLOUR_ORDER,
  /** Order in which snapshots are used once each; task: condition. */
  SNAPSHOT_ORDER,
  /** Time of the snapshots of a large state; task: condition, sample. */
  SNAPSHOT_TIME,
  /**
   * Choice and placement of tiles; task: condition, sample. Where ranks enlarge a lattice together:
   * condition, run, level, and the number of a tile for its shift. Where they sample it: condition,
   * run, pass, window.
   */
  UPSAMPLE,
  /**
   * Relaxation of an upsampled state; task: condition, sample. Where ranks do it together:
   * condition, run, level, window.
   */
  RELAX,
  /** Choice of the patch and its partial evolution; task: condition, sample. */
  EVOLVE,
  /**
   * Order in which the patches of one state are evolved after the first; task: condition, sample.
   */
  PATCH_ORDER,
  /** Evolution of a further patch of one state; task: condition, sample, number of the patch. */
  EVOLVE_PATCH,
  /** Another evolution of the first patch; task: condition, sample. */
  EVOLVE_TWIN,
  /** Evolution of a state as a whole; task: condition, sample. */
  EVOLVE_JOINT,
  /** Assignment of pairs to training and validation; task: none. */
  SPLIT,
  /** Initial weights of an autoencoder. */
  CLOSURE_INIT,
  /** Choice of the large states that an autoencoder is trained on. */
  CLOSURE_STATES,
  /** Order of the training states of an autoencoder; task: epoch. */
  CLOSURE_SHUFFLE,
  /** Initial large states whose closure variables predictions start from; task: condition, run. */
  CLOSURE_START,
  /** Initial weights of a network; task: model. */
  TRAIN_INIT,
  /** Order of the training pairs; task: model, epoch. */
  TRAIN_SHUFFLE,
  /** Noise of the predicted trajectories; task: condition, model, trajectory. */
  ENSEMBLE_NOISE,
  /** Resampling for error bars; task: quantity. */
  BOOTSTRAP,
  /** Environments of a barrier table; task: group, member. */
  BARRIER_SAMPLE,
  /** Initial weights, splits and shuffles of a barrier network; task: epoch. */
  BARRIER_TRAIN,
  /** States that effective Hamiltonians are fitted with; task: condition, and group if of one. */
  HAMILTONIAN_FIT,
  /** States and keys of benchmarks. */
  BENCHMARK,
  /** Random inputs of self-checks and tests. */
  CHECK,
  /** Half of the pairs that a model is trained on; task: half, 1 for joint evolutions. */
  RESAMPLE,
  /**
   * Initial arrangement and exchanges of a built configuration; task: none. Of a large one, the
   * places of a round of exchanges; task: sweep, round. Exchanges there: sweep, round, place.
   */
  BUILD,
  /** Noise of corrected predictions, and draws of corrections; task: condition, model or check. */
  CERTIFICATE,
  /** Chains of states whose order is looked at; task: cells, temperature, chain. */
  ORDERING,
  /** Search for a schedule; task: 0 for the seed of its noise, 1 and 2 for the proposals. */
  DESIGN,
  /** Fluctuations of composition; task: condition, 0 for the fit of a Hamiltonian, else 1. */
  COMPOSITION,
  /** Equilibrium at the sizes of the small and the large system; task: condition. */
  SIZE_CORRECTION,
  /** Initial states whose mean observables a path is counted from; task: condition, state. */
  INITIAL_MEAN,
  /**
   * Folds of the structures of a barrier table, and draws for errors of barriers; task: number of
   * the folds or of the error.
   */
  BARRIER_FIT
}
