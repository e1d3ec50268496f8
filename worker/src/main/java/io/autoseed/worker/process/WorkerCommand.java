package io.autoseed.worker.process;

import io.autoseed.infra.stack.StackProcess;
import io.autoseed.learning.torch.CacheFolder;
import io.autoseed.learning.torch.NumericProfile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The command line and environment that start a worker process as part of a stack. */
public final class WorkerCommand {
  private static final Duration GRACE = Duration.ofSeconds(10);

  private WorkerCommand() {}

  /**
   * A worker on the CPU with the classes of the calling program.
   *
   * @param name unique in the stack
   * @param home the stack's folder
   * @param healthPort port of its health endpoint on loopback, not 0
   */
  public static StackProcess onCpu(String name, Path home, int healthPort) {
    List<String> command = jvm();
    command.addAll(
        List.of(
            "--home",
            home.toString(),
            "--device",
            "cpu",
            "--profile",
            "avx2",
            "--health-port",
            Integer.toString(healthPort)));
    return new StackProcess(
        name, command, environment(), "http://127.0.0.1:" + healthPort + "/health", GRACE);
  }

  /** The JVM, its flags, class path and main class. */
  private static List<String> jvm() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xms64m",
            "-Xmx768m",
            "-Xss512k",
            "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError",
            "-Xshare:auto",
            "-Dlogback.configurationFile=logback.xml",
            "-Dai.djl.offline=true",
            "-DOPT_OUT_TRACKING=true"));
    String arguments = System.getProperty("autoseed.jvm.args");
    if (arguments != null) {
      command.add("@" + arguments);
    } else {
      command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    }
    command.add(WorkerProcess.class.getName());
    return command;
  }

  /** The environment of the profile {@code avx2}; cache and build are the calling program's. */
  static Map<String, String> environment() {
    Map<String, String> environment = new TreeMap<>(NumericProfile.ENVIRONMENT);
    environment.put("OMP_NUM_THREADS", "1");
    environment.put("MKL_NUM_THREADS", "1");
    environment.put("MALLOC_ARENA_MAX", "2");
    String build = System.getenv(WorkerBuild.VARIABLE);
    if (build != null) {
      environment.put(WorkerBuild.VARIABLE, build);
    }
    environment.put("AUTOSEED_CACHE", CacheFolder.path().toString());
    return environment;
  }
}
