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
   * A worker on the CPU in the profile {@code avx2}.
   *
   * @param name unique in the stack
   * @param home the stack's folder
   * @param healthPort port of its health endpoint on loopback, not 0
   */
  public static StackProcess onCpu(String name, Path home, int healthPort) {
    return on("cpu", NumericProfile.AVX2, name, home, healthPort);
  }

  /**
   * A worker with the classes of the calling program.
   *
   * @param device {@code cpu} or {@code cuda:N}
   * @param cpuProfile numeric profile of a worker on the CPU; one on a GPU has its own
   * @param name unique in the stack
   * @param home the stack's folder
   * @param healthPort port of its health endpoint on loopback; 0 for one that is free
   */
  public static StackProcess on(
      String device, String cpuProfile, String name, Path home, int healthPort) {
    String profile = NumericProfile.of(device, cpuProfile);
    List<String> command = new ArrayList<>();
    if (!profile.equals(NumericProfile.AVX2)) {
      command.addAll(withoutAvx2());
    }
    command.addAll(
        jvm(WorkerArchive.ofLauncher().map(WorkerArchive::option).stream().toArray(String[]::new)));
    command.addAll(
        List.of(
            "--home",
            home.toString(),
            "--device",
            device,
            "--profile",
            profile,
            "--health-port",
            Integer.toString(healthPort)));
    String readyUrl = healthPort == 0 ? "" : "http://127.0.0.1:" + healthPort + "/health";
    return new StackProcess(name, command, environment(profile), readyUrl, GRACE);
  }

  /**
   * A worker on the CPU that rehearses its start and archives the classes it has loaded.
   *
   * @param home folder of a stack that is up
   * @param archive file to write
   */
  static ProcessBuilder rehearsal(Path home, Path archive) {
    List<String> command = jvm("-XX:ArchiveClassesAtExit=" + archive);
    command.addAll(List.of("--home", home.toString(), "--rehearsal", "true"));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment(NumericProfile.AVX2));
    builder.environment().remove(WorkerBuild.VARIABLE);
    return builder;
  }

  /** The caller's own environment may be that of {@code avx2}: the launcher's is. */
  private static List<String> withoutAvx2() {
    List<String> command = new ArrayList<>(List.of("/usr/bin/env"));
    new TreeMap<>(NumericProfile.ENVIRONMENT)
        .keySet()
        .forEach(variable -> command.addAll(List.of("-u", variable)));
    return command;
  }

  /**
   * The JVM, its flags, class path and main class. One that ran out of heap ends as if it was told
   * to, for nobody knows which of its threads are left: what it can still hand over it does.
   *
   * @param more flags
   */
  private static List<String> jvm(String... more) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xms64m",
            "-Xmx768m",
            "-Xss512k",
            "-XX:+UseSerialGC",
            "-XX:OnOutOfMemoryError=kill -TERM %p",
            "-Xshare:auto",
            "-Dlogback.configurationFile=logback.xml",
            "-Dai.djl.offline=true",
            "-DOPT_OUT_TRACKING=true"));
    command.addAll(List.of(more));
    String arguments = System.getProperty("autoseed.jvm.args");
    if (arguments != null) {
      command.add("@" + arguments);
    } else {
      command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    }
    command.add(WorkerProcess.class.getName());
    return command;
  }

  /** The environment of a profile; cache and build are the calling program's. */
  private static Map<String, String> environment(String profile) {
    Map<String, String> environment = new TreeMap<>();
    if (profile.equals(NumericProfile.AVX2)) {
      environment.putAll(NumericProfile.ENVIRONMENT);
    }
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
