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
  /** What a command left. */
  record Called(int exit, String out, String err) {
    /** The one document that it printed on standard output. */
    JsonNode json() throws IOException {
      return new ObjectMapper().readTree(out);
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
    if (!process.waitFor(5, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new AssertionError(List.of(arguments) + " takes more than 5 minutes");
    }
    return new Called(process.exitValue(), Files.readString(out), Files.readString(err));
  }
}
