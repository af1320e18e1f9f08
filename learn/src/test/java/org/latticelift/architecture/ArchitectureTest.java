package org.latticelift.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;

/** The shape of the house: who may know whom. */
@AnalyzeClasses(
    packages = "org.latticelift",
    importOptions = {DoNotIncludeTests.class, WithoutTestJars.class})
final class ArchitectureTest {
  private static final String ROOT = "org.latticelift.";

  /** The stages: they know a system only through {@code org.latticelift.system}. */
  private static final String[] STAGES = {
    ROOT + "simulation..",
    ROOT + "lifting..",
    ROOT + "closure..",
    ROOT + "ensemble..",
    ROOT + "training..",
    ROOT + "evaluation..",
    ROOT + "report.."
  };

  /** What belongs to a single system. */
  private static final String[] SYSTEMS = {
    ROOT + "alloy..", ROOT + "ising..", ROOT + "predatorprey..", ROOT + "kmc..", ROOT + "barrier.."
  };

  @ArchTest
  static final ArchRule ioKnowsNoOtherModule =
      noClasses()
          .that()
          .resideInAnyPackage(Modules.IO)
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("org.latticelift..").and(resideOutsideOfPackages(Modules.IO)));

  @ArchTest
  static final ArchRule mpiSimDoesNotKnowLearn =
      noClasses()
          .that()
          .resideInAnyPackage(Modules.MPI_SIM)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(Modules.LEARN);

  @ArchTest
  static final ArchRule everyPackageBelongsToAModule =
      classes()
          .should()
          .resideInAnyPackage(Modules.all())
          .because("a new package is named in Modules, where its neighbours are decided");

  @ArchTest
  static final ArchRule noPackageCycles =
      slices().matching("org.latticelift.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule stagesKnowNoSingleSystem =
      noClasses()
          .that()
          .resideInAnyPackage(STAGES)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(SYSTEMS);

  @ArchTest static final ArchRule onlyHdf5UsesJhdf = only(ROOT + "hdf5..", "io.jhdf..");

  @ArchTest
  static final ArchRule onlyConfigUsesTheYamlParser = only(ROOT + "config..", "org.snakeyaml..");

  @ArchTest
  static final ArchRule onlyCsvKnowsHowCellsAreQuoted =
      only(ROOT + "csv..", "org.apache.commons.csv..");

  @ArchTest static final ArchRule onlyTheCommandLineUsesPicocli = only(ROOT + "cli..", "picocli..");

  @ArchTest
  static final ArchRule predictionNeedsNoTrainingEngine =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              ROOT + "training..", ROOT + "closure..", ROOT + "barriertraining..", ROOT + "cli..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("ai.djl..");

  @ArchTest
  static final ArchRule theVectorApiStaysInVectorPackages =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.latticelift..vector")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("jdk.incubator.vector..");

  @ArchTest
  static final ArchRule onlyTheCommandLineEndsTheProcess =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + "cli..")
          .should()
          .callMethod(System.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "halt", int.class);

  @ArchTest
  static final ArchRule allRandomNumbersAreKeyed =
      noClasses()
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(Random.class, SplittableRandom.class, ThreadLocalRandom.class)
          .orShould()
          .callMethod(Math.class, "random")
          .orShould()
          .callMethod(StrictMath.class, "random")
          .because("the same seed gives the same result (org.latticelift.random)");

  @ArchTest
  static final ArchRule onlyRandomUsesCommonsRng =
      only(ROOT + "random..", "org.apache.commons.rng..");

  @ArchTest
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
        .resideOutsideOfPackage(user)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(library);
  }
}
