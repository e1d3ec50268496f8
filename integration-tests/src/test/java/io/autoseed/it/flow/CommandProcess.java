package io.autoseed.it.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.autoseed.worker.cli.Autoseed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The command line as its users call it: a process a command.
 *
 * @param environment of every command, such as {@code AUTOSEED_HOME}
 * @param folder for what the commands print
 */
record CommandProcess(Map<String, String> environment, Path folder) {
  private static final int PATIENCE_MINUTES = 20;

  /** For a stack of the caller's own. */
  static CommandProcess on(Path home, int portBase, Path folder) {
    return new CommandProcess(
        Map.of("AUTOSEED_HOME", home.toString(), "AUTOSEED_PORT_BASE", Integer.toString(portBase)),
        folder);
  }

  /** What a command left. */
  record Called(int exit, String out, String err) {
    /** The one document that it printed on standard output. */
    JsonNode json() throws IOException {
      return new ObjectMapper().readTree(out);
    }
  }

  /** A command that is under way. */
  record Running(List<String> arguments, Process process, Path out, Path err) {
    Called await() throws IOException, InterruptedException {
      if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new AssertionError(
            "%s takes more than %d minutes: %s"
                .formatted(arguments, PATIENCE_MINUTES, Files.readString(err)));
      }
      return new Called(process.exitValue(), Files.readString(out), Files.readString(err));
    }
  }

  /** The one document that a command prints which must succeed. */
  JsonNode json(String... arguments) throws IOException, InterruptedException {
    Called called = call(arguments);
    assertThat(called.exit()).as("%s: %s", List.of(arguments), called.err()).isZero();
    return called.json();
  }

  Called call(String... arguments) throws IOException, InterruptedException {
    return call(List.of(), arguments);
  }

  /**
   * @param options of the JVM
   */
  Called call(List<String> options, String... arguments) throws IOException, InterruptedException {
    return start(options, arguments).await();
  }

  /**
   * Starts a command and does not wait for its end.
   *
   * @param options of the JVM
   */
  Running start(List<String> options, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(
        List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
    command.add(Autoseed.class.getName());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    Path out = Files.createTempFile(folder, "call", ".out");
    Path err = Files.createTempFile(folder, "call", ".err");
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    return new Running(List.of(arguments), process, out, err);
  }
}
