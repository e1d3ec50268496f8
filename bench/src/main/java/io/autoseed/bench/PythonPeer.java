package io.autoseed.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * A peer's script in a Python process that stays alive: it answers each line with a line of JSON,
 * so that its rounds can alternate with ours. The variables of the numeric profile are taken out of
 * its environment: it may use every instruction the processor has.
 */
final class PythonPeer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final BufferedReader answers;
  private final BufferedWriter questions;

  PythonPeer(List<String> command, List<String> withoutVariables) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    Map<String, String> environment = builder.environment();
    withoutVariables.forEach(environment::remove);
    environment.put("OMP_NUM_THREADS", "1");
    this.process = builder.start();
    this.answers = process.inputReader(StandardCharsets.UTF_8);
    this.questions = process.outputWriter(StandardCharsets.UTF_8);
  }

  /** What the script says about itself when it is ready. */
  JsonNode ready() throws IOException {
    return answer();
  }

  JsonNode ask(String line) throws IOException {
    questions.write(line);
    questions.newLine();
    questions.flush();
    return answer();
  }

  private JsonNode answer() throws IOException {
    String line = answers.readLine();
    if (line == null) {
      throw new IOException("the peer's script ended; what it printed above says why");
    }
    return JSON.readTree(line);
  }

  @Override
  public void close() {
    process.destroy();
  }
}
