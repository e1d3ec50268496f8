package io.autoseed.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher script in a checkout made for the test: real bash, but a {@code mvnw} and a {@code
 * java} that write down how they were called.
 */
class LauncherTest {
  @TempDir Path folder;

  private Path root;
  private Path jdk;
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void makeACheckout() throws IOException {
    root = Files.createDirectories(folder.resolve("a checkout"));
    Files.copy(Path.of("..", "autoseed").toRealPath(), root.resolve("autoseed"));
    script(root.resolve("autoseed"), Files.readString(root.resolve("autoseed")));
    Files.writeString(root.resolve("pom.xml"), "<project/>");
    Files.createDirectories(root.resolve("worker/src/main"));
    Files.writeString(root.resolve("worker/pom.xml"), "<project/>");
    Files.writeString(folder.resolve("library.jar"), "library");
    script(
        root.resolve("mvnw"),
        """
        #!/usr/bin/env bash
        echo "$*" >> %1$s/built
        echo '[INFO] Building Autoseed worker 0.1.0 [7/7]'
        if [[ -f %1$s/break-the-build ]]; then echo '[ERROR] boom'; exit 1; fi
        if [[ -f %1$s/take-your-time ]]; then sleep 1; fi
        mkdir -p worker/target
        echo worker > worker/target/autoseed-worker-0.1.0.jar
        printf %%s %1$s/library.jar > worker/target/runtime-classpath
        """
            .formatted(folder));
    jdk = fakeJdk("jdk", "17.0.15");
    environment.put("JAVA_HOME", jdk.toString());
    environment.put("AUTOSEED_CACHE", folder.resolve("cache").toString());
    environment.put("NOTES", folder.toString());
  }

  @Test
  void theFirstUseBuildsAndTheSecondDoesNot() throws Exception {
    Files.writeString(folder.resolve("take-your-time"), "");
    Called first = call(root.resolve("autoseed"), folder, "status", "--json");
    assertThat(first.exit).isZero();
    assertThat(first.out).isEqualTo("ran: status --json\n");
    assertThat(first.err).contains("first use: building").contains("building worker (7/7)");
    Called second = call(root.resolve("autoseed"), folder, "status");
    assertThat(second.err).isEmpty();
    assertThat(Files.readAllLines(folder.resolve("built")))
        .singleElement()
        .asString()
        .contains("-Dquick", "package");
  }

  @Test
  void itWorksThroughSymbolicLinksFromAnotherFolder() throws Exception {
    Path bin = Files.createDirectories(folder.resolve("bin"));
    Files.createSymbolicLink(bin.resolve("direct"), root.resolve("autoseed"));
    Files.createSymbolicLink(folder.resolve("again"), Path.of("bin", "direct"));
    Called called =
        call(folder.resolve("again"), Files.createDirectory(folder.resolve("away")), "runs");
    assertThat(called.out).isEqualTo("ran: runs\n");
    assertThat(Files.readString(folder.resolve("java-arguments")))
        .contains("-Dautoseed.root=" + root);
  }

  @Test
  void aNewerSourceIsBuiltAgain() throws Exception {
    call(root.resolve("autoseed"), folder, "runs");
    Path source = Files.writeString(root.resolve("worker/src/main/New.java"), "class New {}");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
    assertThat(call(root.resolve("autoseed"), folder, "runs").err).contains("sources changed");
  }

  @Test
  void aJarThatIsGoneIsBuiltAgain() throws Exception {
    call(root.resolve("autoseed"), folder, "runs");
    Files.delete(folder.resolve("library.jar"));
    call(root.resolve("autoseed"), folder, "runs");
    assertThat(Files.readAllLines(folder.resolve("built"))).hasSize(2);
  }

  @Test
  void aBrokenBuildSaysWhyAndLeavesStandardOutputEmpty() throws Exception {
    Files.writeString(folder.resolve("break-the-build"), "");
    Called called = call(root.resolve("autoseed"), folder, "status", "--json");
    assertThat(called.exit).isEqualTo(1);
    assertThat(called.out).isEmpty();
    assertThat(called.err).contains("[ERROR] boom", "build.log");
  }

  @Test
  void aJavaThatIsTooOldIsPassedOver() throws Exception {
    environment.put("JAVA_HOME", fakeJdk("old", "1.8.0_402").toString());
    environment.put("PATH", jdk.resolve("bin") + ":" + System.getenv("PATH"));
    assertThat(call(root.resolve("autoseed"), folder, "runs").out).isEqualTo("ran: runs\n");
  }

  @Test
  void workersGetTheNumericProfileUnlessTheNativeOneIsAskedFor() throws Exception {
    call(root.resolve("autoseed"), folder, "runs");
    assertThat(Files.readString(folder.resolve("java-environment")))
        .contains("ATEN_CPU_CAPABILITY=avx2", "DNNL_MAX_CPU_ISA=AVX2", "MKL_CBWR=AVX2,STRICT");
    environment.put("AUTOSEED_NUMERIC_PROFILE", "native");
    call(root.resolve("autoseed"), folder, "runs");
    assertThat(Files.readString(folder.resolve("java-environment")))
        .doesNotContain("ATEN_CPU_CAPABILITY=")
        .contains("OMP_NUM_THREADS=1");
  }

  private record Called(int exit, String out, String err) {}

  private Called call(Path launcher, Path directory, String... arguments) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(launcher.toString());
    builder.command().addAll(List.of(arguments));
    builder.directory(directory.toFile());
    for (String name : List.of("ATEN_CPU_CAPABILITY", "DNNL_MAX_CPU_ISA", "MKL_CBWR")) {
      builder.environment().remove(name);
    }
    builder.environment().putAll(environment);
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    int exit = builder.start().waitFor();
    return new Called(exit, Files.readString(out), Files.readString(err));
  }

  private Path fakeJdk(String name, String version) throws IOException {
    Path home = folder.resolve(name);
    Files.createDirectories(home.resolve("bin"));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    script(home.resolve("bin/javac"), "#!/bin/sh\n");
    script(
        home.resolve("bin/java"),
        """
        #!/usr/bin/env bash
        echo "$*" > "$NOTES/java-arguments"
        env > "$NOTES/java-environment"
        main=io.autoseed.worker.cli.Autoseed
        all="$*"
        if [[ $all == *" $main"* ]]; then echo "ran:${all##*$main}"; fi
        """);
    return home;
  }

  private static void script(Path file, String text) throws IOException {
    Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
