package io.autoseed.infra.stack;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a stack is wanted. What is left empty follows what the stack's first {@code up} chose, and
 * the defaults before that; what is given must agree with it.
 *
 * @param home the stack's folder
 * @param cache what can be installed again
 * @param portBase see {@link Ports}
 * @param objectStore the S3 server
 * @param postgres where PostgreSQL comes from
 * @param temporal where Temporal comes from
 * @param external services that run elsewhere
 * @param processes programs of the caller that belong to the stack
 */
public record StackOptions(
    Path home,
    Path cache,
    OptionalInt portBase,
    Optional<ObjectStoreKind> objectStore,
    Optional<ProgramSource> postgres,
    Optional<ProgramSource> temporal,
    ExternalServices external,
    List<StackProcess> processes) {

  public StackOptions {
    home = home.toAbsolutePath().normalize();
    cache = cache.toAbsolutePath().normalize();
    processes = List.copyOf(processes);
  }

  /** Nothing but the folder; cache and port base as the environment says. */
  public static StackOptions of(Path home) {
    Map<String, String> environment = System.getenv();
    return new StackOptions(
        home,
        defaultCache(environment),
        portBase(environment),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        ExternalServices.none(),
        List.of());
  }

  /** {@code AUTOSEED_HOME}, else {@code ~/.autoseed}. */
  public static Path defaultHome() {
    String home = System.getenv("AUTOSEED_HOME");
    return home != null && !home.isEmpty()
        ? Path.of(home)
        : Path.of(System.getProperty("user.home"), ".autoseed");
  }

  public StackOptions withPorts(Ports ports) {
    return new StackOptions(
        home,
        cache,
        OptionalInt.of(ports.base()),
        objectStore,
        postgres,
        temporal,
        external,
        processes);
  }

  public StackOptions withObjectStore(ObjectStoreKind kind) {
    return new StackOptions(
        home, cache, portBase, Optional.of(kind), postgres, temporal, external, processes);
  }

  public StackOptions withPostgres(ProgramSource source) {
    return new StackOptions(
        home, cache, portBase, objectStore, Optional.of(source), temporal, external, processes);
  }

  public StackOptions withTemporal(ProgramSource source) {
    return new StackOptions(
        home, cache, portBase, objectStore, postgres, Optional.of(source), external, processes);
  }

  public StackOptions withExternal(ExternalServices services) {
    return new StackOptions(
        home, cache, portBase, objectStore, postgres, temporal, services, processes);
  }

  public StackOptions withProcesses(List<StackProcess> all) {
    return new StackOptions(home, cache, portBase, objectStore, postgres, temporal, external, all);
  }

  /**
   * The folder of what can be installed again, as the stack and all its processes have it: {@code
   * AUTOSEED_CACHE}, else {@code ~/.cache/autoseed}.
   */
  public static Path defaultCache(Map<String, String> environment) {
    String cache = environment.getOrDefault("AUTOSEED_CACHE", "");
    return cache.isBlank()
        ? Path.of(System.getProperty("user.home"), ".cache", "autoseed")
        : Path.of(cache).toAbsolutePath().normalize();
  }

  private static OptionalInt portBase(Map<String, String> environment) {
    String base = environment.getOrDefault("AUTOSEED_PORT_BASE", "");
    try {
      return base.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(base));
    } catch (NumberFormatException e) {
      throw new StackException(
          "AUTOSEED_PORT_BASE must be a port number, found \"" + base + '"', e);
    }
  }
}
