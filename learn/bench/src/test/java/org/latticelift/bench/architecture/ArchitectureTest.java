package org.latticelift.bench.architecture;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.util.Arrays;
import java.util.Calendar;
import java.util.Date;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.latticelift.app.pipeline.StageRunner;
import org.latticelift.io.config.InputFile;
import org.latticelift.io.run.directory.Provenance;

/**
 * The shape of the house: who may know whom. Rules are patterns of names, so no list goes stale.
 */
final class ArchitectureTest {
  private static final String ROOT = "org.latticelift.";

  /** What belongs to single systems. */
  private static final String[] SYSTEMS = {ROOT + "sim.systems..", ROOT + "sim.vacancy.."};

  static final ArchRule everyPackageBelongsToAModule =
      classes()
          .should()
          .resideInAnyPackage(Modules.allPackages())
          .because("the name of a package says its module");

  static final ArchRule dependenciesRunOneWay =
      CompositeArchRule.of(
          Arrays.stream(Modules.values())
              .filter(module -> !module.above().isEmpty())
              .map(ArchitectureTest::knowsNothingAbove)
              .toList());

  private static ArchRule knowsNothingAbove(Modules module) {
    String[] above = module.above().stream().map(Modules::packages).toArray(String[]::new);
    return noClasses()
        .that()
        .resideInAPackage(module.packages())
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(above);
  }

  static final ArchRule noPackageCycles =
      slices().matching("org.latticelift.(**)").should().beFreeOfCycles();

  /** Barrier networks belong to the alloy. */
  static final ArchRule stagesKnowNoSingleSystem =
      noClasses()
          .that(
              resideInAnyPackage(ROOT + "sim.simulate..", ROOT + "sim.lift..", ROOT + "learn..")
                  .and(
                      resideOutsideOfPackages(
                          ROOT + "learn.barrierfit..", ROOT + "learn.report..")))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(SYSTEMS);

  /** It names the crystal of the states that it exports. */
  static final ArchRule reportKnowsNoMoreThanCrystals =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "learn.report..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(SYSTEMS)
                  .and(resideOutsideOfPackages(ROOT + "sim.vacancy.crystal..")));

  static final ArchRule vacanciesKnowNoSystem =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "sim.vacancy..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(ROOT + "sim.systems..");

  static final ArchRule onlyCsvKnowsHowCellsAreQuoted =
      only("io.output..", "org.apache.commons.csv..");

  static final ArchRule onlyHdf5UsesJhdf = only("io.hdf5..", "io.jhdf..");

  static final ArchRule onlyConfigUsesTheYamlParser = only("io.config..", "org.snakeyaml..");

  static final ArchRule onlyCommandsUsePicocli =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              ROOT + "app.cli..", ROOT + "bench", ROOT + "bench.command..", ROOT + "bench.study")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("picocli..");

  static final ArchRule predictionNeedsNoTrainingEngine =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              ROOT + "learn.train..",
              ROOT + "learn.closure..",
              ROOT + "learn.barrierfit..",
              ROOT + "app.launch..",
              ROOT + "bench..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("ai.djl..");

  static final ArchRule theVectorApiStaysInVectorPackages =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.latticelift..vector")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("jdk.incubator.vector..");

  static final ArchRule onlyTheEntryPointEndsTheProcess =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + "app")
          .should()
          .callMethod(System.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "halt", int.class);

  static final ArchRule allRandomNumbersAreKeyed =
      noClasses()
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(Random.class, SplittableRandom.class, ThreadLocalRandom.class)
          .orShould()
          .callMethod(Math.class, "random")
          .orShould()
          .callMethod(StrictMath.class, "random")
          .because("the same seed gives the same result (org.latticelift.sim.random)");

  /** They jump; durations are of {@code System.nanoTime}. */
  static final ArchRule clocksOfTheMachineAreOnlyWrittenDown =
      noClasses()
          .that()
          .doNotBelongToAnyOf(Provenance.class, StageRunner.class)
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethodWhere(
              target(nameMatching("now")).and(target(owner(resideInAPackage("java.time..")))))
          .orShould()
          .dependOnClassesThat()
          .belongToAnyOf(Clock.class, Date.class, Calendar.class);

  /**
   * They are what the clock said, of perhaps another machine. Only what saves reading a large file
   * again looks whether it has changed meanwhile.
   */
  static final ArchRule nothingLooksAtTimesOfFiles =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName(InputFile.class.getName())
          .should()
          .callMethodWhere(
              target(nameMatching("(get|set)?[lL]ast(Modified|Access)(Time)?|creationTime")))
          .orShould()
          .dependOnClassesThat()
          .belongToAnyOf(FileTime.class);

  static final ArchRule whatOnlySomeCanDoIsAnInterfaceOfItsOwn =
      noClasses()
          .should()
          .dependOnClassesThat()
          .areAssignableTo(UnsupportedOperationException.class)
          .because("no method answers that this cannot do that");

  static final ArchRule onlyRandomUsesCommonsRng = only("sim.random..", "org.apache.commons.rng..");

  static final ArchRule noUtilities =
      noClasses()
          .should()
          .resideInAnyPackage("..util..", "..utils..", "..helper..", "..common..", "..misc..")
          .orShould()
          .haveSimpleNameEndingWith("Util")
          .orShould()
          .haveSimpleNameEndingWith("Utils")
          .orShould()
          .haveSimpleNameEndingWith("Helper")
          .orShould()
          .haveSimpleNameEndingWith("Manager");

  private static ArchRule only(String user, String library) {
    return noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + user)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(library);
  }

  @TestFactory
  Stream<DynamicTest> rules() {
    return Arrays.stream(ArchitectureTest.class.getDeclaredFields())
        .filter(field -> field.getType() == ArchRule.class)
        .map(
            field ->
                DynamicTest.dynamicTest(
                    field.getName(), () -> ((ArchRule) field.get(null)).check(Modules.classes())));
  }
}
