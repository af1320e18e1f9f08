package org.latticelift.app.cli;

import static org.latticelift.app.cli.TinyRun.write;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Mistakes in the file of an initial state. */
class BadStartFileTest extends MistakeContract {
  /** Lines of a dump before its atoms: time, step, number and box, with their titles. */
  private static final int FIRST_ATOM = 11;

  @Override
  void prepare() {
    completeRun();
    make("export", at("done/snapshots.h5"), "--to", "lammps", "--out", at("small.dump"));
  }

  @Override
  List<Mistake> mistakes() {
    return List.of(
        new Mistake("start file is missing", 66, "no.dump", here -> started(here, "no.dump")),
        state("dump without its last line", "small.dump", lines -> lines.remove(lines.size() - 1)),
        state("foreign element", "unknown species 'Fe'", lines -> edit(lines, FIRST_ATOM, 5, "Fe")),
        state("two atoms on a site", "two atoms on one site", BadStartFileTest::doubled),
        state("atom off its site", "atom 1", lines -> edit(lines, FIRST_ATOM, 2, "0.7")),
        state(
            "text for a number",
            "small.dump:" + (FIRST_ATOM + 1),
            lines -> edit(lines, FIRST_ATOM, 2, "here")),
        new Mistake(
            "state of another size",
            65,
            "cells",
            here -> started(here, at("small.dump"), "lattice={small: 6, large: 12}")),
        new Mistake(
            "HDF5 state of another size",
            65,
            "6 x 6 x 6 cells",
            here ->
                started(
                    here,
                    at("done/snapshots.h5"),
                    "lattice.start.group=T2000",
                    "lattice.small=6",
                    "lattice.large=12")),
        new Mistake(
            "no such group",
            65,
            "T9",
            here -> started(here, at("done/snapshots.h5"), "lattice.start.group=T9")),
        new Mistake(
            "no such snapshot",
            65,
            "no snapshot 99",
            here ->
                started(
                    here,
                    at("done/snapshots.h5"),
                    "lattice.start={group: T2000, index: 99, file: "
                        + at("done/snapshots.h5")
                        + "}")),
        new Mistake(
            "vacancy at no site",
            65,
            "is not a site",
            here -> started(here, at("small.dump"), "lattice.start.vacancy_at=[[0, 1, 0]]")),
        new Mistake(
            "nothing that moves in the large system",
            65,
            "no vacancy among 2000 sites",
            here ->
                started(
                    here,
                    at("small.dump"),
                    "lattice.start.vacancy_at=[[0, 0, 0]]",
                    "lattice.vacancy_concentration=0")));
  }

  private Mistake state(String what, String message, Consumer<List<String>> spoil) {
    return new Mistake(
        what,
        65,
        message,
        here -> {
          List<String> lines = TinyRun.lines(Path.of(at("small.dump")));
          spoil.accept(lines);
          write(here.resolve("small.dump"), String.join("\n", lines) + "\n");
          return started(here, here.resolve("small.dump").toString());
        });
  }

  private static void edit(List<String> lines, int line, int column, String value) {
    String[] words = lines.get(line).split(" ");
    words[column] = value;
    lines.set(line, String.join(" ", words));
  }

  private static void doubled(List<String> lines) {
    String[] other = lines.get(FIRST_ATOM + 1).split(" ");
    for (int column = 2; column < 5; column++) {
      edit(lines, FIRST_ATOM, column, other[column]);
    }
  }

  private static String[] started(Path here, String file, String... sets) {
    List<String> all = new ArrayList<>(List.of("lattice.start.file=" + file));
    for (String set : sets) { // a value of the whole section keeps the start
      boolean section = set.startsWith("lattice={");
      all.add(section ? set.replace("}", ", start: {file: " + file + "}}") : set);
    }
    return changed(here, all.toArray(String[]::new));
  }
}
