package io.autoseed.worker.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.autoseed.infra.stack.StackProcess;
import io.autoseed.worker.process.WorkerCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The program's own processes that run with a stack: workers and the console. Kept in {@code
 * AUTOSEED_HOME/processes.json}, so that an {@code up} without options follows the one before.
 *
 * @param workers how many, at least 0
 */
record StackProcesses(int workers) {
  static final int MOST_WORKERS = 4;
  static final StackProcesses DEFAULT = new StackProcesses(1);

  /** From the first worker's port to the first that no component of the stack uses. */
  private static final int FIRST_FREE_OFFSET = 9;

  private static final Duration CONSOLE_GRACE = Duration.ofSeconds(3);

  static StackProcesses read(Path home) {
    Path file = file(home);
    try {
      return Json.read(Files.readString(file), StackProcesses.class);
    } catch (NoSuchFileException e) {
      return DEFAULT;
    } catch (JsonProcessingException e) {
      throw new CommandFailure(
          file + " is not the JSON document that up wrote: delete it and run up again", e);
    } catch (IOException e) {
      throw new CommandFailure(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  void write(Path home) {
    Path file = file(home);
    try {
      Files.createDirectories(home);
      Path part = Files.writeString(home.resolve("processes.json.part"), Json.write(this));
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new CommandFailure(file + " cannot be written: " + e.getMessage(), e);
    }
  }

  /**
   * What the supervisor is to run.
   *
   * @param workerPort of the first worker's health endpoint; further workers take the ports behind
   *     those of the stack's components
   */
  List<StackProcess> commands(Path home, int consolePort, int workerPort, ProgramCommand program) {
    List<StackProcess> processes = new ArrayList<>();
    for (int number = 1; number <= workers; number++) {
      processes.add(
          number == 1
              ? WorkerCommand.onCpu("worker", home, workerPort)
              : WorkerCommand.onCpu(
                  "worker-" + number, home, workerPort + FIRST_FREE_OFFSET + number - 2));
    }
    processes.add(
        new StackProcess(
            "console",
            program.line(
                List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m"),
                List.of("console", "--home", home.toString())),
            Map.of(),
            "http://127.0.0.1:" + consolePort + "/health",
            CONSOLE_GRACE));
    return List.copyOf(processes);
  }

  private static Path file(Path home) {
    return home.resolve("processes.json");
  }
}
