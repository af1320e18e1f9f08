package org.latticelift.app.cli;

import java.util.List;

/** Mistakes on the command line itself. */
class BadCommandLineTest extends MistakeContract {
  @Override
  void prepare() {
    completeRun();
    make("export", at("done/final.h5"), "--to", "lammps", "--out", at("good.dump"));
    make("export", at("done/snapshots.h5"), "--to", "lammps", "--out", at("small.dump"));
  }

  @Override
  List<Mistake> mistakes() {
    return List.of(
        Mistake.usage("no command", 64, "command"),
        Mistake.usage("unknown command", 64, "rnu", "rnu"),
        Mistake.usage("unknown option", 64, "--sed", "validate", "a.yaml", "--sed", "3"),
        Mistake.usage("no configuration", 64, "CONFIG", "run"),
        Mistake.usage("no such configuration", 66, "no.yaml", "run", "no.yaml"),
        Mistake.usage("root as a picture", 65, "ending", "draw", at("done/large.h5"), "--out", "/"),
        Mistake.usage(
            "folder as configuration", 66, "configs", "validate", MODELS.getParent().toString()),
        Mistake.usage(
            "setting without '='",
            64,
            "key.path=value",
            "validate",
            at("tiny.yaml"),
            "--set",
            "seed"),
        Mistake.usage(
            "setting an unknown section",
            65,
            "nothere",
            "validate",
            at("tiny.yaml"),
            "--set",
            "nothere.x=1"),
        Mistake.usage(
            "setting inside a number",
            65,
            "seed",
            "validate",
            at("tiny.yaml"),
            "--set",
            "seed.x=1"),
        Mistake.usage(
            "resume and overwrite",
            64,
            "mutually exclusive",
            "run",
            at("tiny.yaml"),
            "--resume",
            "--overwrite"),
        Mistake.usage("ranks", 64, "before the command", "--np", "2", "run", at("tiny.yaml")),
        Mistake.usage("transport", 64, "before", "--transport", "openmpi", "run", at("tiny.yaml")),
        Mistake.usage(
            "setting of two words",
            64,
            "as one word",
            "run",
            at("tiny.yaml"),
            "--set",
            "seed",
            "3"),
        Mistake.usage("order of no atoms", 65, ".xyz", "sro", at("tiny.yaml")),
        Mistake.usage("look at a configuration", 65, "extended XYZ", "inspect", at("tiny.yaml")),
        Mistake.usage("no thread", 64, "--threads", "run", at("tiny.yaml"), "--threads", "0"),
        Mistake.usage(
            "export to an unknown format", 64, "pdf", "export", at("done/final.h5"), "--to", "pdf"),
        Mistake.usage(
            "export of a file without states",
            65,
            "model.h5",
            "export",
            at("done/model.h5"),
            "--to",
            "xyz"),
        Mistake.usage(
            "export of no such condition",
            65,
            "T9",
            "export",
            at("done/final.h5"),
            "--to",
            "xyz",
            "--condition",
            "T9"),
        Mistake.usage(
            "export of no such state",
            65,
            "99",
            "export",
            at("done/snapshots.h5"),
            "--to",
            "xyz",
            "--index",
            "99"),
        Mistake.usage(
            "export below a file",
            73,
            "final.h5",
            "export",
            at("done/trajectory.h5"),
            "--to",
            "csv",
            "--out",
            at("done/final.h5/a.csv")),
        Mistake.usage(
            "export to a file that exists",
            73,
            "--overwrite",
            "export",
            at("done/trajectory.h5"),
            "--to",
            "csv",
            "--out",
            at("good.dump")),
        Mistake.usage(
            "export onto what is exported",
            73,
            "would replace the file that is read",
            "export",
            at("done/trajectory.h5"),
            "--to",
            "csv",
            "--out",
            at("done/trajectory.h5"),
            "--overwrite"),
        Mistake.usage(
            "picture onto what is drawn",
            73,
            "would replace the file that is read",
            "draw",
            at("done/final.h5"),
            "--out",
            at("done/../done/final.h5"),
            "--overwrite"),
        Mistake.usage(
            "fewer than no states", 64, "--samples", "diagnose", at("done"), "--samples=-1"),
        Mistake.usage(
            "no thread to diagnose", 64, "--threads", "diagnose", at("done"), "--threads=0"),
        Mistake.usage("inspect text", 65, "tiny.yaml", "inspect", at("tiny.yaml")),
        Mistake.usage("export text", 65, "tiny.yaml", "export", at("tiny.yaml"), "--to", "csv"),
        Mistake.usage("inspect a folder", 66, "models", "inspect", MODELS.toString()),
        Mistake.usage("order of text", 65, "tiny.yaml", "sro", at("tiny.yaml")),
        Mistake.usage("order of a file that is not there", 66, "no.dump", "sro", "no.dump"),
        Mistake.usage(
            "order of several states", 65, "one of the groups", "sro", at("done/final.h5")),
        Mistake.usage(
            "order on an unknown crystal",
            64,
            "[BCC, FCC]",
            "sro",
            at("small.dump"),
            "--crystal",
            "hcp"),
        Mistake.usage(
            "vacancy at no site",
            64,
            "three integers",
            "sro",
            at("small.dump"),
            "--vacancy-at",
            "x"));
  }
}
