package io.autoseed.infra.stack;

import java.util.Map;

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
        Map.of());
  }

  /** Refuses options that would change what was chosen: the state would be left behind. */
  void checkAgainst(StackOptions options) {
    options.portBase().ifPresent(base -> check(options, "port base", portBase, base));
    options.objectStore().ifPresent(kind -> check(options, "object store", objectStore, kind));
    options.postgres().ifPresent(source -> check(options, "PostgreSQL", postgres, source));
    options.temporal().ifPresent(source -> check(options, "Temporal", temporal, source));
    if (!options.external().equals(ExternalServices.none())) {
      check(options, "external services", external, options.external());
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
              + ": leave the option out, or choose another AUTOSEED_HOME than "
              + options.home());
    }
  }
}
