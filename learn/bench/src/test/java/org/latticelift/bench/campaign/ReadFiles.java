package org.latticelift.bench.campaign;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Stream;
import org.latticelift.app.cli.TinyRun;
import org.latticelift.app.pipeline.Pipeline;
import org.latticelift.bench.campaign.Judge.Use;
import org.latticelift.io.hdf5.DatasetInfo;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.learn.barrierfit.BarrierTableFile;
import org.latticelift.learn.barrierfit.NetworkTrainingConfig.BarrierTableCsv;

/** Valid files of every format that the program reads, and the commands that read them. */
final class ReadFiles {
  private static final Path CONFIGS = Path.of("..", "..", "configs").toAbsolutePath().normalize();

  private final Path folder;
  private final List<Subject> subjects = new ArrayList<>();

  private ReadFiles(Path folder) {
    this.folder = folder;
  }

  /** Makes all of them in a folder. */
  static List<Subject> make(Path folder) throws IOException {
    ReadFiles files = new ReadFiles(folder);
    files.configurations();
    files.results();
    files.atoms();
    files.barriers();
    files.tables();
    return files.subjects;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void run(String... words) {
    TinyRun.Outcome outcome = TinyRun.run(words);
    if (outcome.code() != 0) {
      throw new IllegalStateException(String.join(" ", words) + ": " + outcome.err());
    }
  }

  private Path made(String name) {
    return folder.resolve(name);
  }

  /** A file and command lines in which {@code FILE} and {@code FOLDER} stand for it. */
  private void add(String name, byte[] valid, String... commands) {
    String file = name.substring(name.indexOf('/') + 1);
    subjects.add(
        new Subject(
            name.replace('/', '-'),
            file,
            valid,
            here -> Stream.of(commands).map(line -> command(line, here, file)).toList()));
  }

  private void addRead(String name, byte[] valid, Function<Path, Runnable> reader) {
    String file = name.substring(name.indexOf('/') + 1);
    subjects.add(
        new Subject(
            name.replace('/', '-'),
            file,
            valid,
            here -> List.of(Use.reader(reader.apply(here.resolve(file))))));
  }

  private static Use command(String line, Path here, String file) {
    return Use.command(
        Stream.of(line.split(" "))
            .map(word -> word.replace('_', ' ').replace('^', '_'))
            .map(word -> word.replace("FILE", here.resolve(file).toString()))
            .map(word -> word.replace("FOLDER", here.toString()))
            .toArray(String[]::new));
  }

  /** A path as one word of a command line. */
  private static String word(Path path) {
    return path.toString().replace('_', '^').replace(' ', '_');
  }

  private void configurations() throws IOException {
    Map<String, String> texts =
        Map.of(
            "alloy", TinyRun.CONFIG,
            "fields", TinyRun.FIELDS,
            "spins", TinyRun.SPINS,
            "chain", TinyRun.CHAIN,
            "quickstart", Files.readString(CONFIGS.resolve("quickstart.yaml")),
            "figure", Files.readString(CONFIGS.resolve("paper/fig3-ising-ns.yaml")));
    texts.forEach((name, text) -> addRead("yaml/" + name + ".yaml", utf8(text), ReadFiles::load));
    add("command/alloy.yaml", utf8(TinyRun.CONFIG), "validate FILE");
  }

  private static Runnable load(Path file) {
    return () -> {
      Pipeline pipeline = Pipeline.load(file, List.of(), OptionalLong.empty());
      pipeline.check(pipeline.stages());
    };
  }

  private void results() throws IOException {
    Path alloy = made("alloy");
    if (TinyRun.runAll(alloy, TinyRun.CONFIG, "--threads=1").code() != 0
        || TinyRun.runAll(made("fields"), TinyRun.FIELDS, "--threads=1").code() != 0) {
      throw new IllegalStateException("the runs to be damaged have failed");
    }
    String xyz = "export FILE --to xyz --out FOLDER/o.xyz --overwrite";
    hdf5("alloy", "snapshots.h5", xyz, "sro FILE --condition T2000");
    hdf5("alloy", "final.h5", "export FILE --to lammps --condition T2000/run0 --out FOLDER/o.dump");
    hdf5("alloy", "large.h5", "draw FILE --out FOLDER/o.svg");
    hdf5("alloy", "trajectory.h5", "export FILE --to csv --out FOLDER/o.csv");
    hdf5("alloy", "ensemble.h5", "export FILE --to csv --out FOLDER/o.csv");
    hdf5("alloy", "pairs.h5");
    hdf5("alloy", "evaluation.h5");
    hdf5(
        "alloy",
        "model.h5",
        "predict FILE --out FOLDER/out --quiet --threads 1 --set trajectories=2 --set records=3"
            + " --schedule {anneal:_{at:_1700,_time^s:_1.0e-7}}");
    hdf5("fields", "latent.h5");
    hdf5("fields", "closure.h5");
    hdf5("fields", "model.h5");
  }

  private void hdf5(String run, String name, String... more) throws IOException {
    List<String> commands = new ArrayList<>(List.of("inspect FILE"));
    commands.addAll(List.of(more));
    byte[] valid = Files.readAllBytes(made(run).resolve(name));
    add(run + "/" + name, valid, commands.toArray(String[]::new));
  }

  private void atoms() throws IOException {
    Path states = made("alloy").resolve("snapshots.h5");
    Map<String, String> formats =
        Map.of(
            "lammps",
            "a.dump",
            "lammps-data",
            "a.data",
            "xyz",
            "a.xyz",
            "poscar",
            "POSCAR",
            "cif",
            "a.cif");
    for (Map.Entry<String, String> format : formats.entrySet()) {
      Path file = made(format.getValue());
      run("export", "" + states, "--to", format.getKey(), "--out", "" + file);
      add("atoms/" + format.getValue(), Files.readAllBytes(file), "inspect FILE", "sro FILE");
    }
  }

  private void barriers() throws IOException {
    Path weights = CONFIGS.resolve("models/small.h5");
    Path grids = made("grids.h5");
    try (Hdf5Writer writer = Hdf5Writer.create(grids)) {
      byte[] codes = new byte[1000];
      SplittableRandom random = new SplittableRandom(1);
      for (int i = 0; i < codes.length; i++) {
        int site = i % 10 + i / 10 % 10 * 10 + i / 100 * 100;
        boolean exists = i % 2 == i / 10 % 2 && i % 2 == i / 100 % 2;
        codes[site] = (byte) (exists ? random.nextInt(1, 4) : -1);
      }
      codes[0] = 0;
      writer.dataset(
          "/grid", codes, new long[] {1, 10, 10, 10}, DatasetInfo.of("1", "g", "g", "x", "y", "z"));
      writer.dataset(
          "/vac_pos", new int[3], new long[] {1, 1, 3}, DatasetInfo.of("1", "v", "g", "v", "c"));
    }
    String eval = "barrier eval --overwrite --out FOLDER/o.h5 --weights ";
    add(
        "barrier/small.h5",
        Files.readAllBytes(weights),
        "inspect FILE",
        eval + "FILE --grids " + word(grids));
    add(
        "barrier/grids.h5",
        Files.readAllBytes(grids),
        "inspect FILE",
        eval + word(weights) + " --grids FILE");
    Path table = made("table");
    run(
        "barrier",
        "sample",
        "" + CONFIGS.resolve("models/small.yaml"),
        "--quiet",
        "--out",
        "" + table,
        "--set",
        "barrier.model=small",
        "--set",
        "barrier.weights=null",
        "--set",
        "sample.environments=60",
        "--set",
        "sample.fresh_environments=5",
        "--set",
        "sample.groups=[{name: simulated, kind: kmc, share: 1, stages: [{temperature_K: 2000, jumps: 300}]}]");
    addRead(
        "barrier/table.h5",
        Files.readAllBytes(table.resolve("table.h5")),
        file -> () -> BarrierTableFile.read(file));
  }

  /** An atom that is a neighbour of the vacancy: one that the command accepts. */
  private int beside() throws IOException {
    Path hops = made("hops.csv");
    for (int atom = 1; atom < 250; atom++) {
      Files.writeString(hops, "structure,atom,barrier_eV\na.xyz," + atom + ",1\n");
      String out = made("hops" + atom + ".h5").toString();
      String[] words = {
        "barrier", "collect", hops.toString(), "--species", "Nb,Mo,Ta", "--out", out
      };
      if (TinyRun.run(words).code() == 0) {
        return atom;
      }
    }
    throw new IllegalStateException("no atom beside a vacancy");
  }

  private void tables() throws IOException {
    StringBuilder rows = new StringBuilder("# environments\n");
    SplittableRandom random = new SplittableRandom(2);
    for (int row = 0; row < 20; row++) {
      for (int site = 0; site < 112; site++) {
        rows.append(random.nextInt(1, 4)).append(',');
      }
      for (int hop = 0; hop < 8; hop++) {
        rows.append(random.nextInt(100) / 100.0).append(',');
      }
      rows.append("random\n");
    }
    addRead(
        "csv/table.csv",
        utf8(rows.toString()),
        file -> () -> BarrierTableCsv.read(file, 112, 8, List.of("Nb", "Mo", "Ta")));
    add(
        "csv/schedule.csv",
        utf8("time_s,temperature_K\n0,2000\n1e-8,1900\n1e-8,1500\n\"2e-8\",1400\n"),
        "predict "
            + made("alloy").resolve("model.h5")
            + " --schedule FILE --out FOLDER/out --quiet"
            + " --threads 1 --set trajectories=2 --set records=3");
    add(
        "csv/hops.csv",
        utf8(
            "structure,atom,barrier_eV,category\n"
                + made("a.xyz")
                + ","
                + beside()
                + ",1.5,dilute\n"),
        "barrier collect FILE --species Nb,Mo,Ta --overwrite --out FOLDER/o.h5");
    add(
        "yaml/schedules.yaml",
        utf8(
            "slow: {ramp: {from: 2000, to: 1500, time_s: 1.0e-8}}\nhold: {anneal: {at: 1500, time_s: 1.0e-8}}\n"),
        "predict "
            + made("alloy").resolve("model.h5")
            + " --schedule FILE --out FOLDER/out --quiet"
            + " --threads 1 --set trajectories=2 --set records=3");
  }
}
