package io.autoseed.worker.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command line: {@code ./autoseed COMMAND}. */
@Command(
    name = "autoseed",
    description = "Continual learning of vision-language models as durable workflows.",
    mixinStandardHelpOptions = true,
    versionProvider = ProgramVersion.class,
    synopsisSubcommandLabel = "COMMAND",
    usageHelpAutoWidth = true,
    footer = {"", "Start with: autoseed demo", "Help on a command: autoseed COMMAND --help"})
public final class Autoseed implements Callable<Integer> {
  /** Commands that run until they are told to end, and write a log. */
  private static final Set<String> SERVICES = Set.of("worker", "console");

  @Spec private CommandSpec spec;

  private Autoseed() {}

  public static void main(String[] arguments) {
    if (System.getProperty(StandardErrorLogging.LEVEL) == null) {
      boolean service = arguments.length > 0 && SERVICES.contains(arguments[0]);
      System.setProperty(StandardErrorLogging.LEVEL, service ? "INFO" : "WARN");
    }
    System.exit(run(Terminal.ofProcess(System.getenv()), Surroundings.ofProcess(), arguments));
  }

  /** Runs one command; returns the exit code. */
  static int run(Terminal terminal, Surroundings surroundings, String... arguments) {
    return commandLine(terminal, surroundings, arguments).execute(arguments);
  }

  static CommandLine commandLine(
      Terminal terminal, Surroundings surroundings, String... arguments) {
    CommandLine line = new CommandLine(new Autoseed());
    commands(terminal, surroundings, arguments).forEach(line::addSubcommand);
    line.setOut(new PrintWriter(terminal.out(), true, UTF_8));
    line.setErr(new PrintWriter(terminal.err(), true, UTF_8));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setColorScheme(
        CommandLine.Help.defaultColorScheme(
            terminal.colour() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
    line.setParameterExceptionHandler(new UsageErrors());
    line.setExecutionExceptionHandler(new FailureLines(terminal));
    return line;
  }

  /** The command that the first argument names, else all: to set one up takes milliseconds. */
  private static List<Object> commands(
      Terminal terminal, Surroundings surroundings, String... arguments) {
    Map<String, Supplier<Object>> all = new LinkedHashMap<>();
    all.put("demo", () -> new DemoCommand(terminal, surroundings));
    all.put("up", () -> new UpCommand(terminal, surroundings));
    all.put("down", () -> new DownCommand(terminal, surroundings));
    all.put("status", () -> new StatusCommand(terminal, surroundings));
    all.put("doctor", () -> new DoctorCommand(terminal, surroundings));
    all.put("run", () -> new RunCommand(terminal, surroundings));
    all.put("watch", () -> new WatchCommand(terminal, surroundings));
    all.put("pause", () -> new PauseCommand(terminal, surroundings));
    all.put("resume", () -> new ResumeCommand(terminal, surroundings));
    all.put("cancel", () -> new CancelCommand(terminal, surroundings));
    all.put("append", () -> new AppendCommand(terminal, surroundings));
    all.put("runs", () -> new RunsCommand(terminal, surroundings));
    all.put("show", () -> new ShowCommand(terminal, surroundings));
    all.put("compare", () -> new CompareCommand(terminal, surroundings));
    all.put("study", () -> new StudyCommand(terminal, surroundings));
    all.put("chaos", () -> new ChaosCommand(terminal, surroundings));
    all.put("classify", () -> new ClassifyCommand(terminal, surroundings));
    all.put("embed", () -> new EmbedCommand(terminal, surroundings));
    all.put("verify", () -> new VerifyCommand(terminal, surroundings));
    all.put("lineage", () -> new LineageCommand(terminal, surroundings));
    all.put("gc", () -> new GcCommand(terminal, surroundings));
    all.put(
        "catalog",
        () ->
            new CommandLine(new CatalogCommand(terminal))
                .addSubcommand(new CatalogRebuildCommand(terminal, surroundings)));
    all.put("strategies", () -> new StrategiesCommand(terminal));
    all.put("models", () -> new ModelsCommand(terminal, surroundings));
    all.put("worker", () -> new WorkerCommandLine(terminal, surroundings));
    all.put("completion", () -> new CompletionCommand(terminal, surroundings));
    all.put("console", () -> new ConsoleCommand(terminal));
    Supplier<Object> named = arguments.length == 0 ? null : all.get(arguments[0]);
    return named != null ? List.of(named.get()) : all.values().stream().map(Supplier::get).toList();
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return CommandLine.ExitCode.USAGE;
  }
}
