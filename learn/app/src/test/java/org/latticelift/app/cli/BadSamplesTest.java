package org.latticelift.app.cli;

import static org.latticelift.app.cli.TinyRun.write;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.latticelift.io.hdf5.DatasetInfo;
import org.latticelift.io.hdf5.Hdf5Writer;

/** Mistakes in files of samples. */
class BadSamplesTest extends MistakeContract {
  private static final String HEADER = "field,group,dt,state,z0:a,z0:b,z1:a,z1:b\n";
  private static final String GOOD =
      HEADER + "1,0,0.1,0,0.4,0.6,0.5,0.5\n1,1,0.1,1,0.4,0.6,0.3,0.7\n";
  private static final String RUNS = "field,run,time,z:a,z:b\n1,0,0,0.4,0.6\n1,0,1,0.5,0.5\n";
  private static final String RULE =
      "samples.relations=[{name: all, weights: {a: 1, b: 1}, constant: ";

  private static Mistake csv(String what, String message, String text) {
    return new Mistake(what, 65, message, here -> ofSamples(here, text, RUNS));
  }

  private static Mistake direct(String what, String message, String text) {
    return new Mistake(what, 65, message, here -> ofSamples(here, GOOD, text));
  }

  private static Mistake set(String what, String message, String... set) {
    return new Mistake(what, 65, message, here -> ofSamples(here, GOOD, RUNS, set));
  }

  private static Mistake command(String name) {
    return new Mistake(
        name, 65, "simulated elsewhere", here -> named(name, ofSamples(here, GOOD, RUNS)));
  }

  private static String[] named(String command, String[] args) {
    args[0] = command;
    return args;
  }

  private static String[] ofSamples(Path here, String samples, String runs, String... set) {
    write(here.resolve("s.csv"), samples);
    write(here.resolve("r.csv"), runs);
    write(
        here.resolve("s.yaml"),
        "system: samples\nsamples: {file: s.csv, direct: r.csv, patches: 4}\n");
    return Stream.concat(
            Stream.of("run", here.resolve("s.yaml").toString(), "--out", here + "/out"),
            Stream.of(set).flatMap(value -> Stream.of("--set", value)))
        .toArray(String[]::new);
  }

  /** Lengths of dt and of the others. */
  private static String[] hdf5(Path here, int dt, double[] condition) {
    String[] args = ofSamples(here, GOOD, RUNS, "samples.file=" + here.resolve("s.h5"));
    int n = condition.length;
    try (Hdf5Writer file = Hdf5Writer.create(here.resolve("s.h5"))) {
      file.attribute("/", "parameter_name", "field");
      file.attribute("/", "observable_names", new String[] {"a", "b"});
      DatasetInfo info = DatasetInfo.of("1", "a column", "row");
      file.dataset("/condition", condition, new long[] {n}, info);
      file.dataset("/dt", new double[dt], new long[] {dt}, info);
      DatasetInfo rows = DatasetInfo.of("1", "rows", "row", "observable");
      file.dataset("/z0", new double[2 * n], new long[] {n, 2}, rows);
      file.dataset("/z1", new double[2 * n], new long[] {n, 2}, rows);
    }
    return args;
  }

  @Override
  List<Mistake> mistakes() {
    return List.of(
        csv("empty file", "without a row", ""),
        csv("header alone", "without a row", HEADER),
        csv("unknown column", "columns field, gruop", GOOD.replace("group", "gruop")),
        csv(
            "no condition",
            "no column for the condition",
            GOOD.replace("field,", "").replaceAll("(?m)^1,", "")),
        csv("no dt", "no column dt", GOOD.replace(",dt,", ",drift:a,").replace("state", "drift:b")),
        csv(
            "no observable",
            "no observable",
            GOOD.replace("z0:", "drift:").replace("z1:", "drift:x")),
        csv("other observables after", "observables [a, c] of z1:", GOOD.replace("z1:b", "z1:c")),
        csv("text", "s.csv, row 3, column z1:a)", GOOD.replace(",0.3,", ",x,")),
        csv("NaN", "a value of NaN (", GOOD.replace(",0.3,", ",NaN,")),
        csv("empty cell", "an empty cell", GOOD.replace(",0.3,", ",,")),
        csv("dt of 0", "a duration of 0.0", GOOD.replace("1,1,0.1", "1,1,0")),
        csv("negative group", "whole numbers", GOOD.replace("1,1,0.1", "1,-1,0.1")),
        csv(
            "one sample of a condition",
            "a single sample at field 2.0",
            GOOD + "2,0,0.1,0,0.4,0.6,0.5,0.5\n"),
        csv(
            "ragged patches",
            "a state with 1 patches, the first one has 2",
            GOOD + "1,0,0.1,0,0.4,0.6,0.5,0.5\n"),
        csv(
            "two states of one number",
            "two values of one state",
            GOOD.replace("1,1,0.1,1,0.4", "1,0,0.1,0,0.3")),
        direct(
            "unknown condition",
            "field 3.0, which has no training samples",
            RUNS.replace("\n1,", "\n3,")),
        direct("other parameter", "a condition force", RUNS.replace("field", "force")),
        direct("missing observable", "no column z:b", RUNS.replace("z:b", "z:c")),
        direct("times that go back", "times that increase", RUNS.replace("1,0,1,", "1,0,-1,")),
        direct("run of one record", "at least two", RUNS + "1,1,0,0.4,0.6\n"),
        direct("other times", "share their times", RUNS + "1,1,0,0.4,0.6\n1,1,2,0.4,0.6\n"),
        set("rule that does not hold", "rule 'all' does not hold in z0", RULE + "2}]"),
        set(
            "start that breaks a rule",
            "rule 'all' does not hold in start",
            RULE + "1}]",
            "samples.start={a: 1, b: 1}"),
        new Mistake(
            "run that breaks a rule",
            65,
            "rule 'all' does not hold in direct",
            here -> ofSamples(here, GOOD, RUNS.replace("0.6", "0.7"), RULE + "1}]")),
        set("rule of no observable", "an observable c in rule", RULE.replace("b:", "c:") + "1}]"),
        set(
            "same rule twice",
            "follows from the others",
            RULE + "1}, {name: again, weights: {a: 2, b: 2}, constant: 2}]"),
        set("unit of no observable", "an observable c", "samples.units={c: mol}"),
        set("start of one observable", "all observables: [a, b]", "samples.start={a: 0.5}"),
        set("no patches", "samples.patches", "samples.patches=0"),
        set(
            "conditions of its own",
            "section 'conditions' with system samples",
            "conditions={field: [1]}"),
        set("small runs", "section 'simulate' with system samples", "simulate.runs=3"),
        set("direct runs", "section 'direct' with system samples", "direct={}"),
        set("schedule", "section 'schedule' with system samples", "schedule=[]"),
        set("closure variables", "no encoder", "closure.dim=1"),
        new Mistake(
            "file is missing",
            66,
            "samples.file: ",
            here -> ofSamples(here, GOOD, RUNS, "samples.file=no.csv")),
        new Mistake(
            "different lengths",
            65,
            "datasets of different lengths: 3 rows beside 2 rows of /condition",
            here -> hdf5(here, 3, new double[2])),
        new Mistake("dt of 0 in HDF5", 65, "s.h5 /dt, row 0", here -> hdf5(here, 2, new double[2])),
        new Mistake(
            "NaN in HDF5",
            65,
            "s.h5 /field, row 1",
            here -> hdf5(here, 2, new double[] {0, Double.NaN})),
        new Mistake(
            "samples of an alloy",
            65,
            "section 'samples' with system alloy",
            here ->
                ofSamples(here, GOOD, RUNS, "system=alloy", "conditions={temperature_K: [1000]}")),
        command("simulate"),
        command("kmc"));
  }
}
