package io.autoseed.infra.stack;

import io.autoseed.infra.supervisor.ComponentSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Temporal's server with its state in SQLite and a namespace of our own. */
record TemporalComponent(StackHome home, Ports ports, Path program, String version)
    implements Component {
  static final String NAME = "temporal";
  static final String NAMESPACE = "autoseed";

  /** The search attributes that workflows set, with their types. */
  static final Map<String, String> SEARCH_ATTRIBUTES = searchAttributes();

  /**
   * Commits go to a write-ahead log and to the disk; SQLite's default journal is 3 times slower.
   * The log goes into the database every 10,000 pages (40 MB), not every 1,000, and 16 MB of pages
   * stay in memory, not 2. With 64 MB of them a task took 199 ms of the server's processor time in
   * the place of 233, measured once on a busy machine; with 16 it was not measured.
   */
  private static final List<String> PRAGMAS =
      List.of("journal_mode=wal", "synchronous=2", "wal_autocheckpoint=10000", "cache_size=-16384");

  /** See {@link #dynamicConfiguration}. */
  private static final int UNHINDERED = 2000;

  /** Workflows of which the server keeps the state in memory; the CLI's server keeps 8,096. */
  private static final int STATES_IN_MEMORY = 1000;

  /**
   * How often a second the server reads its queues of tasks to hand out, timers and visibility: its
   * defaults, 20 and less, are meant for thousands of shards; a local server has one, and all runs
   * together would make no more than ten activities a second. And how much it keeps in memory: some
   * 40 KB a workflow by the growth of the process, of which each task has one that nobody asks for
   * again once it has ended.
   */
  private static Map<String, Integer> dynamicConfiguration() {
    Map<String, Integer> values = new LinkedHashMap<>();
    values.put("history.transferProcessorMaxPollRPS", UNHINDERED);
    values.put("history.timerProcessorMaxPollRPS", UNHINDERED);
    values.put("history.visibilityProcessorMaxPollRPS", UNHINDERED);
    values.put("history.hostLevelCacheMaxSize", STATES_IN_MEMORY);
    return values;
  }

  private static Map<String, String> searchAttributes() {
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("AutoseedRun", "Keyword");
    attributes.put("AutoseedTask", "Int");
    attributes.put("AutoseedPhase", "Keyword");
    attributes.put("AutoseedStrategy", "Keyword");
    attributes.put("AutoseedSequence", "Keyword");
    return attributes;
  }

  /** The commands that give an external server what the stack's own has. */
  static List<String> commandsFor(String target) {
    String address = " --address " + target;
    List<String> commands = new ArrayList<>();
    commands.add("temporal operator namespace create --namespace " + NAMESPACE + address);
    SEARCH_ATTRIBUTES.forEach(
        (name, type) ->
            commands.add(
                "temporal operator search-attribute create --namespace %s --name %s --type %s%s"
                    .formatted(NAMESPACE, name, type, address)));
    return commands;
  }

  private Path folder() {
    return home.folder(NAME);
  }

  String http() {
    return "http://" + Ports.LOOPBACK + ":" + ports.temporalHttp();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String address() {
    return Ports.LOOPBACK + ":" + ports.temporal();
  }

  @Override
  public Optional<ComponentSpec> spec() {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(program.toString(), "server", "start-dev", "--ip", Ports.LOOPBACK));
    command.addAll(List.of("--db-filename", folder().resolve("temporal.db").toString()));
    command.addAll(List.of("--namespace", NAMESPACE, "--log-level", "warn"));
    command.addAll(List.of("--port", Integer.toString(ports.temporal())));
    command.addAll(List.of("--http-port", Integer.toString(ports.temporalHttp())));
    command.addAll(List.of("--ui-port", Integer.toString(ports.temporalUi())));
    command.addAll(List.of("--metrics-port", Integer.toString(ports.temporalMetrics())));
    SEARCH_ATTRIBUTES.forEach(
        (name, type) -> command.addAll(List.of("--search-attribute", name + "=" + type)));
    PRAGMAS.forEach(pragma -> command.addAll(List.of("--sqlite-pragma", pragma)));
    dynamicConfiguration()
        .forEach(
            (key, value) -> command.addAll(List.of("--dynamic-config-value", key + "=" + value)));
    return Optional.of(
        ComponentSpec.of(NAME, command, Map.of(), folder(), home.log(NAME), Duration.ofSeconds(5)));
  }

  @Override
  public void prepare() {
    StackHome.privateFolder(folder());
  }

  @Override
  public List<Integer> listensOn() {
    return List.of(
        ports.temporal(), ports.temporalHttp(), ports.temporalUi(), ports.temporalMetrics());
  }

  @Override
  public void setUp() {
    // The namespace and its search attributes are made by the server's own options.
  }

  @Override
  public Optional<String> trouble() {
    return HttpProbe.trouble(
        http() + "/api/v1/namespaces/" + NAMESPACE + "/search-attributes", "AutoseedSequence");
  }

  @Override
  public Optional<String> unguarded() {
    return Optional.of("Temporal");
  }
}
