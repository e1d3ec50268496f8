package io.autoseed.it.flow;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows between the modules, and what each must not know. */
@AnalyzeClasses(packages = "io.autoseed", importOptions = ImportOption.DoNotIncludeTests.class)
class ModuleArrowsTest {
  private static final String LEARNING = "io.autoseed.learning..";
  private static final String WORKFLOWS = "io.autoseed.workflows..";
  private static final String ACTIVITIES = "io.autoseed.activities..";
  private static final String MIGRATIONS = "io.autoseed.migrations..";
  private static final String INFRA = "io.autoseed.infra..";
  private static final String WORKER = "io.autoseed.worker..";
  private static final String BENCH = "io.autoseed.bench..";

  @ArchTest
  static final ArchRule LEARNING_KNOWS_NO_OTHER_MODULE =
      noClasses()
          .that()
          .resideInAPackage(LEARNING)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(WORKFLOWS, ACTIVITIES, MIGRATIONS, INFRA, WORKER);

  @ArchTest
  static final ArchRule LEARNING_KNOWS_NO_SERVICE =
      noClasses()
          .that()
          .resideInAPackage(LEARNING)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.temporal..", "io.minio..", "java.sql..", "org.mlflow..");

  @ArchTest
  static final ArchRule WORKFLOWS_KNOW_TEMPORAL_ALONE =
      noClasses()
          .that()
          .resideInAPackage(WORKFLOWS)
          .should()
          .dependOnClassesThat()
          .resideOutsideOfPackages(WORKFLOWS, "io.temporal..", "java..");

  @ArchTest
  static final ArchRule ACTIVITIES_KNOW_NEITHER_INFRA_NOR_WORKER =
      noClasses()
          .that()
          .resideInAPackage(ACTIVITIES)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(INFRA, WORKER);

  @ArchTest
  static final ArchRule MIGRATIONS_KNOW_NO_OTHER_MODULE =
      noClasses()
          .that()
          .resideInAPackage(MIGRATIONS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(LEARNING, WORKFLOWS, ACTIVITIES, INFRA, WORKER);

  @ArchTest
  static final ArchRule INFRA_KNOWS_MIGRATIONS_ALONE =
      noClasses()
          .that()
          .resideInAPackage(INFRA)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(LEARNING, WORKFLOWS, ACTIVITIES, WORKER);

  @ArchTest
  static final ArchRule ONLY_MEASUREMENTS_KNOW_THE_WORKER =
      noClasses()
          .that()
          .resideOutsideOfPackages(WORKER, BENCH)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(WORKER);
}
