package io.autoseed.worker.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The archive of classes that makes the quick commands quick (class-data sharing). The launcher
 * makes one after a build, when there may be no stack to ask; this makes it again, once, when there
 * is one, so that it holds the classes that talk to it too.
 */
final class ClassArchive {
  private static final String SCRIPT =
      """
      part="$2.part.$$"
      nice -n 19 "$1" -XX:ArchiveClassesAtExit="$part" -Xlog:disable -XX:TieredStopAtLevel=1 \
        -XX:+UseSerialGC @"$3" io.autoseed.worker.cli.StartupRehearsal
      if [ -f "$part" ]; then mv -f "$part" "$2" && : > "$2.complete"; fi
      """;

  private ClassArchive() {}

  /** Begins to make the archive, unless that was done or this is not the launcher's process. */
  static void completeInBackground() {
    String archive = System.getProperty("autoseed.classes.archive", "");
    String arguments = System.getProperty("autoseed.jvm.args", "");
    if (archive.isEmpty() || arguments.isEmpty() || Files.exists(Path.of(archive + ".complete"))) {
      return;
    }
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    try {
      new ProcessBuilder(List.of("sh", "-c", SCRIPT, "sh", java, archive, arguments))
          .redirectInput(Path.of("/dev/null").toFile())
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      return; // the commands work without it, only slower
    }
  }
}
