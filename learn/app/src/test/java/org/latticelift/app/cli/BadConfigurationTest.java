package org.latticelift.app.cli;

import static org.latticelift.app.cli.TinyRun.CONFIG;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Mistakes in a configuration, all found before anything is simulated. */
class BadConfigurationTest extends MistakeContract {
  @Override
  List<Mistake> mistakes() {
    return List.of(
        config("unknown top-level key", "unknown key 'colour'", "colour: red"),
        config("unknown nested key", "unknown key 'colour'", "simulate.colour=red"),
        config("misspelt key", "Did you mean 'simulate'", "simualte: {runs: 2}"),
        config("misspelt nested key", "Did you mean 'samples'", "evolve.smaples=3"),
        config("temperature not a number", "temperature_K", "conditions.temperature_K=[.nan]"),
        config("negative temperature", "250 to 5000 K", "conditions.temperature_K=[-5]"),
        config("temperature zero", "250 to 5000 K", "conditions.temperature_K=[0]"),
        config("temperature too high", "250 to 5000 K", "conditions.temperature_K=[9000]"),
        config("temperature as text", "temperature_K", "conditions.temperature_K=[warm]"),
        config("temperature twice", "stands twice", "conditions.temperature_K=[1400, 1400.0]"),
        config("no temperature", "at least one", "conditions.temperature_K=[]"),
        config("no conditions", "temperature_K", "conditions={}"),
        config("unknown system", "unknown system 'potts'", "system=potts"),
        config("section of others", "section 'barrier' with system ising", "system=ising"),
        config("unknown preset", "unknown preset 'author'", "preset=author"),
        config("four cells", "at least 5", "lattice={small: 4, large: 8}"),
        config("negative cells", "lattice.small", "lattice.small=-8"),
        config("large is no multiple of small", "lattice.large", "lattice.large=12"),
        config("seed is text", "seed", "seed=lucky"),
        config(
            "too many species",
            "species",
            "lattice.species=[A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P]"),
        config("species twice", "listed twice", "lattice.species=[Nb, Nb, Ta]"),
        config(
            "four species for a network of three",
            "no barriers of species 'W'",
            "lattice.species=[Nb, Mo, Ta, W]",
            "barrier={model: small}"),
        config("species of no atom", "unknown species 'W'", "lattice.composition={W: 1}"),
        config("species with a comma", "letters and digits", "lattice.species=['N,b', Mo, Ta]"),
        config("species with a quote", "letters and digits", "lattice.species=['N\"b', Mo, Ta]"),
        config(
            "species with a line end", "letters and digits", "lattice.species=[\"N\\nb\", Mo, Ta]"),
        config("species with a space", "letters and digits", "lattice.species=['Nb ', Mo, Ta]"),
        config("species without a name", "letters and digits", "lattice.species=['', Mo, Ta]"),
        config("species that is a number", "letters and digits", "lattice.species=[1, 2, 3]"),
        config("sixteen species", "at most 15", "lattice.species=[" + sixteen() + "]"),
        config("pairs that read the same", "'AAAA'", "lattice.species=[A, AA, AAA]"),
        config("nothing that moves", "no vacancy", "lattice.vacancy_concentration=0"),
        config("negative part", "not negative", "lattice.composition={Nb: -1, Mo: 1, Ta: 1}"),
        config("too many vacancies", "vacancy_concentration", "lattice.vacancy_concentration=0.2"),
        config("unknown observable", "pair, warren_cowley, b2", "lattice.observables=[spin]"),
        config(
            "observable class that is not there",
            "no order parameter is called",
            "lattice.observables=[{class: Mine}]"),
        config("shell that does not exist", "shell", "lattice.observables=[{pair: {shell: 99}}]"),
        config(
            "unknown barrier model",
            "compact, small, pairwise, linear, network",
            "barrier={model: magic}"),
        config("no run", "simulate.runs", "simulate.runs=0"),
        config("no record", "simulate.records", "simulate.records=0"),
        config("stop without precision", "precision", "simulate.stop={check_every: 5}"),
        config(
            "decision after the end",
            "check_every",
            "simulate.stop={precision: 0.1, check_every: 11}"),
        config("precision zero", "precision", "direct.stop={precision: 0}"),
        config("states before the first", "states_every", "direct.states_every=-1"),
        config("no states for later stages", "states_every", "simulate.states_every=0"),
        config("duration soon", "or {relaxations: R}", "simulate.duration=soon"),
        config("evolution soon", "{events: N}, {mean_events: N}", "evolve.duration=soon"),
        config(
            "numbers of vacancies that do not fit",
            "vacancy_concentration to 0.002314814815,",
            "lattice={small: 6, large: 12, vacancy_concentration: 0.003}"),
        config("number in quotes", "a whole number, without quotes", "evolve.samples='40'"),
        config("key without a space", "'model: small'", "barrier={model:small}"),
        config("system that is misspelt", "Did you mean 'alloy'?", "system=aloy"),
        config("two colons on a line", "one 'key: value' on a line", "report: png: true"),
        config(
            "duration without a space", "space after the colon", "simulate.duration={events:100}"),
        config("two durations", "events", "evolve.duration.events=50"),
        config("negative duration", "a positive number", "simulate.duration={events: -3}"),
        config(
            "duration of no condition",
            "no duration for",
            "simulate.duration={events: {1400: 100}}"),
        config(
            "evolution of no condition",
            "no duration for",
            "evolve.duration={mean_events: {1400: 100}}"),
        config(
            "direct time of no condition",
            "no duration for",
            "direct.duration={time_s: {1400: 1e-9}}"),
        config(
            "flicker by events",
            "sampling: time",
            "kinetics.acceleration=flicker",
            "simulate.sampling=events"),
        config("pairs of event-sampled snapshots", "simulate.sampling", "simulate.sampling=events"),
        config("unknown acceleration", "none, flicker", "kinetics.acceleration=fast"),
        config("basin of too many states", "kinetics.basin", "kinetics.basin=65"),
        config("no sample", "evolve.samples", "evolve.samples=0"),
        config(
            "unknown environment", "whole, ghost, buffer, periodic", "evolve.environment=vacuum"),
        config("kappa below zero", "number of patches", "train.kappa=-1"),
        config("no epoch", "train.epochs", "train.epochs=0"),
        config("java on a GPU", "does not run on a GPU", "train.engine=java", "train.device=gpu"),
        config("half an epoch", "train.epochs", "train.epochs=1.5"),
        config("closure variables", "closure.dim", "closure.dim=2"),
        config("tolerance of no condition", "tolerance", "evaluate.tolerance={warm: 0.1}"),
        config("tolerance of another", "unknown key 'T9'", "evaluate.tolerance={T9: 1}"),
        config("tolerance of nearly one", "Did you mean 'T1400'", "evaluate.tolerance={T1401: 1}"),
        config(
            "run of another condition",
            "unknown key '900' (--set:1 simulate.duration): allowed: 1400, 2000",
            "simulate.duration={events: {900: 9, 1400: 100, 2000: 100}}"),
        config(
            "evolution of another condition",
            "unknown key '900'",
            "evolve.duration={mean_events: {900: 9, 1400: 10, 2000: 10}}"),
        config(
            "relaxation of another condition",
            "unknown key '900'",
            "relax.windows=overlapping",
            "relax.duration={mean_events: {900: 9, 1400: 10, 2000: 10}}"),
        config(
            "direct run of another condition",
            "unknown key '900'",
            "direct.duration={events: {900: 9, 1400: 50, 2000: 50}}"),
        config(
            "two durations of a condition",
            "two durations for 1400.0",
            "simulate.duration={events: {1400: 9, 1400.0: 50, 2000: 50}}"),
        config("duration of nothing", "of no condition", "simulate.duration={events: {}}"),
        config("time without a unit", "{time_s: T}", "simulate.duration={time: 1}"),
        config("evolution without a unit", "{time_s: T}", "evolve.duration={time: 1}"),
        config("relaxation without a unit", "{time_s: T}", "relax.duration={time: 1}"),
        config("direct time without a unit", "{time_s: T}", "direct.duration={time: 1}"),
        config("horizon without a unit", "{time_s: T}", "ensemble.horizon={time: 1}"),
        config(
            "horizon by another condition",
            "no duration for",
            "ensemble.horizon={time_s: {999: 1e-5}}"),
        config("a key to leave out that is not there", "no key 'drect'", "drect=null"),
        config(
            "prediction outside the trained range",
            "allow_extrapolation",
            "ensemble.conditions.temperature_K=[2500]"),
        config("trajectories near 2^31", "below 2^31", "ensemble.trajectories=2147483647"),
        config("predicted records near 2^31", "below 2^31", "ensemble.records=2147483647"),
        config(
            "trajectories whose product overflows to a small number",
            "below 2^31",
            "ensemble.trajectories=65536",
            "ensemble.records=65536"),
        config("no predicted condition", "at least one", "ensemble.conditions.temperature_K=[]"),
        config(
            "predicted condition twice",
            "twice",
            "ensemble.conditions.temperature_K=[1400, 1.4e3]"),
        config("prediction from nothing", "every", "ensemble.initial={observables: []}"),
        config(
            "prediction from too little",
            "one value for each of 6",
            "ensemble.initial={observables: [1, 2]}"),
        config("steps without end", "ensemble.step", "ensemble.step=1e-300"),
        config("horizon without end", "ensemble.horizon", "ensemble.horizon={relaxations: 1e300}"),
        config("layer of 2^31 neurons", "1 to 4096", "sde.drift.hidden=[2147483647]"),
        config("samples near 2^31", "evolve.samples", "evolve.samples=2147483647"),
        config("nested brackets", "nested", "colour: " + "[".repeat(1300)),
        config("malformed YAML", "broken.yaml", "simulate: {runs: [2"),
        config("key twice", "seed", "seed: 2"),
        config("tab as indent", "broken.yaml", "report:\n\tpng: true"),
        new Mistake("empty configuration", 65, "is empty", here -> args(here, "", "validate")),
        new Mistake(
            "no conditions at all",
            65,
            "such as temperature_K",
            here -> args(here, "seed: 2", "run")),
        new Mistake(
            "list as configuration", 65, "mapping", here -> args(here, "[1, 2]", "validate")));
  }

  private static String sixteen() {
    return IntStream.range(0, 16)
        .mapToObj(i -> "S" + (char) ('a' + i))
        .collect(Collectors.joining(", "));
  }

  /** Lines of YAML to add, or values to set. */
  private static Mistake config(String what, String message, String... changes) {
    boolean text = !changes[0].matches("(?s)[\\w.]+=.*");
    return new Mistake(
        what,
        65,
        message,
        here -> text ? args(here, CONFIG + changes[0] + "\n", "run") : changed(here, changes));
  }
}
