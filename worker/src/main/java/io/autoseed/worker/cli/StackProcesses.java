package io.autoseed.worker.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.autoseed.infra.stack.StackProcess;
import io.autoseed.learning.torch.NumericProfile;
import io.autoseed.worker.process.WorkerCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * The program's own processes that run with a stack: workers and the console. Kept in {@code
 * AUTOSEED_HOME/processes.json}, so that an {@code up} without options follows the one before.
 *
 * @param workers how many, at least 0
 * @param profile numeric profile of the workers on the CPU; null in a file of an older build
 * @param devices of the workers, in order, {@code cpu} or {@code cuda:N}; null in such a file
 */
record StackProcesses(int workers, String profile, List<String> devices) {
  static final int MOST_WORKERS = 4;
  static final StackProcesses DEFAULT = onCpu(1, NumericProfile.AVX2);

  /** From the first worker's port to the first that no component of the stack uses. */
  private static final int FIRST_FREE_OFFSET = 9;

  private static final Duration CONSOLE_GRACE = Duration.ofSeconds(3);

  StackProcesses {
    profile = profile == null ? NumericProfile.AVX2 : profile;
    devices = devices == null ? Collections.nCopies(workers, "cpu") : List.copyOf(devices);
    if (devices.size() != workers) {
      throw new IllegalArgumentException(
          "expected as many devices as workers, found " + devices + " and " + workers);
    }
  }

  static StackProcesses onCpu(int workers, String profile) {
    return new StackProcesses(workers, profile, Collections.nCopies(workers, "cpu"));
  }

  /** The profile that a run is submitted to, unless it names one: that of the first worker. */
  String runProfile() {
    return devices.isEmpty() ? profile : NumericProfile.of(devices.get(0), profile);
  }

  /** Whether these are {@code others} and perhaps more: then nothing that runs has to end. */
  boolean extend(StackProcesses others) {
    return profile.equals(others.profile)
        && workers >= others.workers
        && devices.subList(0, others.workers).equals(others.devices);
  }

  /** Such as {@code 2 workers (cpu, cuda:0) of profile native}. */
  String describe() {
    return workers + " workers (" + String.join(", ", devices) + ") of profile " + profile;
  }

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
      throw new CommandFailure(file + " cannot be read (" + e + ")", e);
    }
  }

  void write(Path home) {
    Path file = file(home);
    try {
      Files.createDirectories(home);
      Path part = Files.writeString(home.resolve("processes.json.part"), Json.write(this));
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new CommandFailure(file + " cannot be written (" + e + ")", e);
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
          WorkerCommand.on(
              devices.get(number - 1),
              profile,
              number == 1 ? "worker" : "worker-" + number,
              home,
              number == 1 ? workerPort : workerPort + FIRST_FREE_OFFSET + number - 2));
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
