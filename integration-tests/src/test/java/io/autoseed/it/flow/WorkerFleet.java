package io.autoseed.it.flow;

import io.autoseed.infra.stack.Ports;
import io.autoseed.infra.stack.StackProcess;
import io.autoseed.worker.process.WorkerCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Worker processes of a test, started as the stack starts them and ended with the test. */
final class WorkerFleet implements AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** A worker takes seconds to start; on a busy machine, twenty and more. */
  private static final Duration START_PATIENCE = Duration.ofMinutes(3);

  /** A running worker. */
  record WorkerHandle(Process process, String health, Path log) {
    long pid() {
      return process.pid();
    }

    /** Stops it without its noticing, as an overloaded machine would. */
    void freeze() throws IOException, InterruptedException {
      new ProcessBuilder("kill", "-STOP", Long.toString(pid())).start().waitFor();
    }

    /** Lets it go on. */
    void thaw() throws IOException, InterruptedException {
      new ProcessBuilder("kill", "-CONT", Long.toString(pid())).start().waitFor();
    }

    /** Ends it as a power failure would. */
    void kill() throws InterruptedException {
      process.destroyForcibly().waitFor();
    }
  }

  private final Path home;
  private final Path logs;
  private final List<WorkerHandle> workers = new ArrayList<>();

  /**
   * @param home the stack's folder
   * @param logs folder for what the workers say
   */
  WorkerFleet(Path home, Path logs) {
    this.home = home;
    this.logs = logs;
  }

  /** Starts a worker; does not wait until it polls. */
  WorkerHandle start() throws IOException {
    return start(Map.of(), UnaryOperator.identity());
  }

  /** Starts a worker with less memory than others; does not wait until it polls. */
  WorkerHandle startWithHeap(int megabytes) throws IOException {
    return start(Map.of(), word -> word.startsWith("-Xmx") ? "-Xmx" + megabytes + "m" : word);
  }

  /** Starts a worker that says it is of some build, and returns once it polls. */
  WorkerHandle startReady(String build) throws IOException, InterruptedException {
    WorkerHandle worker = start(Map.of("AUTOSEED_BUILD", build), UnaryOperator.identity());
    awaitReady(worker);
    return worker;
  }

  private WorkerHandle start(Map<String, String> environment, UnaryOperator<String> words)
      throws IOException {
    int port = Ports.free().base();
    StackProcess command = WorkerCommand.onCpu("worker-" + workers.size(), home, port);
    ProcessBuilder builder = new ProcessBuilder(command.command().stream().map(words).toList());
    builder.environment().putAll(command.environment());
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true);
    Path log = Files.createTempFile(logs, "worker-", ".log");
    builder.redirectOutput(log.toFile());
    WorkerHandle worker = new WorkerHandle(builder.start(), command.readyUrl(), log);
    workers.add(worker);
    return worker;
  }

  /** Starts so many workers at once and returns when all of them poll. */
  void startReady(int count) throws IOException, InterruptedException {
    List<WorkerHandle> started = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      started.add(start());
    }
    for (WorkerHandle worker : started) {
      awaitReady(worker);
    }
  }

  /** Starts a worker and returns once it polls. */
  WorkerHandle startReady() throws IOException, InterruptedException {
    WorkerHandle worker = start();
    awaitReady(worker);
    return worker;
  }

  void awaitReady(WorkerHandle worker) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + START_PATIENCE.toNanos();
    while (!healthy(worker)) {
      if (!worker.process().isAlive() || System.nanoTime() > deadline) {
        throw new IllegalStateException("worker " + worker + " is not ready: see " + logs);
      }
      Thread.sleep(50);
    }
  }

  /** Waits until a worker has said something. */
  void awaitLine(WorkerHandle worker, String part) throws InterruptedException {
    DurableRun.eventually(
        part + " in " + worker.log(),
        () -> Optional.of(said(worker)).filter(log -> log.contains(part)));
  }

  private static String said(WorkerHandle worker) {
    try {
      return Files.readString(worker.log());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until a worker that was told to end has taken notice. */
  void awaitStopping(WorkerHandle worker) throws IOException, InterruptedException {
    while (worker.process().isAlive() && healthy(worker)) {
      Thread.sleep(20);
    }
  }

  private static boolean healthy(WorkerHandle worker) throws IOException, InterruptedException {
    try {
      return HTTP.send(
                  HttpRequest.newBuilder(URI.create(worker.health())).build(),
                  HttpResponse.BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (ConnectException e) {
      return false;
    }
  }

  /** The worker with that process id. */
  WorkerHandle withPid(long pid) {
    return workers.stream().filter(worker -> worker.pid() == pid).findFirst().orElseThrow();
  }

  /** The first worker that is not {@code one}. */
  WorkerHandle otherThan(WorkerHandle one) {
    return workers.stream().filter(worker -> worker.pid() != one.pid()).findFirst().orElseThrow();
  }

  /** The step after which a worker last went on with a run's phase; an error if it did not. */
  int resumedAfter(WorkerHandle worker, String run) {
    String log = said(worker);
    return Pattern.compile("of " + Pattern.quote(run) + " goes on after step (\\d+)")
        .matcher(log)
        .results()
        .reduce((earlier, later) -> later)
        .map(resumed -> Integer.parseInt(resumed.group(1)))
        .orElseThrow(
            () -> new AssertionError("expected " + run + " to go on after a step, in " + log));
  }

  @Override
  public void close() {
    workers.forEach(worker -> worker.process().destroy());
    for (WorkerHandle worker : workers) {
      try {
        if (!worker.process().waitFor(12, TimeUnit.SECONDS)) {
          worker.kill();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        worker.process().destroyForcibly();
      }
    }
  }
}
