package io.autoseed.worker.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The archive of classes that workers start from (class-data sharing), so that one that is started
 * again is ready in half the processor time.
 *
 * <p>Made once for a build, in the background, by a worker that rehearses its start on a stack: see
 * {@link WorkerSettings#rehearsal}. An argument file, empty until then, tells workers of it: the
 * command that starts them stays the same.
 */
public final class WorkerArchive {
  private static final String SCRIPT =
      """
      part=$1 archive=$2 arguments=$3 option=$4
      shift 4
      nice -n 19 timeout -k 10 120 "$@" || rm -f "$part"
      if [ -f "$part" ]; then
        mv -f "$part" "$archive"
        printf '%s\\n' "$option" > "$part" && mv -f "$part" "$arguments"
      fi
      """;

  private final Path arguments;

  /**
   * @param arguments the argument file
   */
  WorkerArchive(Path arguments) {
    this.arguments = arguments;
  }

  /** That of the launcher's build; empty if this process was not started by the launcher. */
  static Optional<WorkerArchive> ofLauncher() {
    return Optional.ofNullable(System.getProperty("autoseed.worker.args"))
        .map(file -> new WorkerArchive(Path.of(file)));
  }

  /**
   * Begins to make the archive of the launcher's build, if there is none yet.
   *
   * @param home folder of a stack that is up
   */
  public static void makeInBackground(Path home) {
    ofLauncher()
        .filter(archive -> !archive.made())
        .ifPresent(archive -> archive.make(WorkerCommand.rehearsal(home, archive.part())));
  }

  /** For the command line of a worker. */
  String option() {
    return "@" + arguments;
  }

  private boolean made() {
    try {
      return Files.size(arguments) > 0;
    } catch (IOException e) {
      return true; // no place for it
    }
  }

  Path part() {
    return Path.of(arguments + ".part." + ProcessHandle.current().pid());
  }

  /**
   * Runs a command that is to leave an archive at {@link #part}; workers start without one if it
   * does not.
   *
   * @return empty if no process can be started
   */
  Optional<Process> make(ProcessBuilder rehearsal) {
    String archive = arguments + ".jsa";
    String option = "\"-XX:SharedArchiveFile=" + archive.replaceAll("[\\\\\"]", "\\\\$0") + "\"";
    List<String> command = new ArrayList<>(List.of("sh", "-c", SCRIPT, "sh"));
    command.addAll(List.of(part().toString(), archive, arguments.toString(), option));
    command.addAll(rehearsal.command());
    try {
      return Optional.of(
          rehearsal
              .command(command)
              .redirectInput(Path.of("/dev/null").toFile())
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start());
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
