package io.autoseed.infra.stack;

import io.autoseed.infra.supervisor.RunDirectory;
import io.autoseed.infra.supervisor.SupervisorIdentity;
import io.autoseed.infra.supervisor.SupervisorMain;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Starts the supervisor, detached, from a copy of its classes that no rebuild touches. */
final class SupervisorLaunch {
  private static final String PACKAGE = "io/autoseed/infra/supervisor";

  /** Settings of the user's other work that the components would take for theirs. */
  private static final List<String> FOREIGN =
      List.of("AWS_", "MLFLOW_", "PG", "PYTHON", "TEMPORAL_", "MINIO_", "WEED_", "VIRTUAL_ENV");

  private final StackHome home;

  SupervisorLaunch(StackHome home) {
    this.home = home;
  }

  /** Makes sure that a supervisor of this build lives; one of another build is replaced. */
  void ensure() {
    RunDirectory run = home.run();
    run.askEnd(false);
    Map<String, byte[]> classes = CodeSource.files(SupervisorMain.class, PACKAGE, ".class");
    String digest = digest(classes);
    Optional<SupervisorIdentity> living = run.supervisor();
    if (living.isPresent() && living.get().codeDigest().equals(digest)) {
      return;
    }
    living.ifPresent(old -> kill(old));
    try {
      start(copy(classes, digest), digest);
    } catch (IOException e) {
      throw new StackException("the supervisor could not be started (" + e + ")", e);
    }
    for (int i = 0; i < 200; i++) {
      if (run.supervisor().filter(s -> s.codeDigest().equals(digest)).isPresent()) {
        return;
      }
      Waiting.pause(50);
    }
    throw new StackException("the supervisor did not start: see " + home.log("supervisor"));
  }

  /** Its children live on and are taken over by the next one. */
  private static void kill(SupervisorIdentity old) {
    ProcessHandle.of(old.process().pid()).ifPresent(ProcessHandle::destroyForcibly);
    for (int i = 0; i < 100 && old.process().alive(); i++) {
      Waiting.pause(20);
    }
  }

  private void start(Path classPath, String digest) throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    ProcessBuilder builder =
        new ProcessBuilder(
            "setsid",
            java.toString(),
            "-Xms8m",
            "-Xmx64m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "-cp",
            classPath.toString(),
            SupervisorMain.class.getName(),
            home.run().root().toString(),
            digest,
            home.log("supervisor").toString());
    builder
        .environment()
        .keySet()
        .removeIf(name -> FOREIGN.stream().anyMatch(prefix -> name.startsWith(prefix)));
    builder.directory(home.root().toFile());
    builder.redirectInput(new File("/dev/null"));
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(home.log("supervisor").toFile()));
    builder.start();
  }

  private Path copy(Map<String, byte[]> classes, String digest) throws IOException {
    Path folder = home.run().root().resolve("classes-" + digest.substring(0, 12));
    Path target = folder.resolve(PACKAGE);
    Files.createDirectories(target);
    for (Map.Entry<String, byte[]> entry : classes.entrySet()) {
      Files.write(target.resolve(entry.getKey()), entry.getValue());
    }
    return folder;
  }

  private static String digest(Map<String, byte[]> classes) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      classes.values().forEach(digest::update);
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
