package io.autoseed.infra.supervisor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A process that cannot be mistaken for a later one with the same number.
 *
 * @param pid the process's number
 * @param startTicks when it started, in clock ticks since boot (field 22 of {@code /proc/PID/stat})
 */
public record ProcessIdentity(long pid, long startTicks) {
  private static final Path PROCESSES = Path.of("/proc");

  /** The process with that number, if it lives (a zombie does not). */
  public static Optional<ProcessIdentity> of(long pid) {
    return of(pid, PROCESSES);
  }

  private static Optional<ProcessIdentity> of(long pid, Path processes) {
    try {
      String stat = Files.readString(processes.resolve(pid + "/stat"), StandardCharsets.ISO_8859_1);
      // The second field, the program's name in parentheses, may hold blanks and parentheses.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      if (fields[0].equals("Z") || fields[0].equals("X")) {
        return Optional.empty();
      }
      return Optional.of(new ProcessIdentity(pid, Long.parseLong(fields[19])));
    } catch (IOException | IndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }

  /** Whether this very process lives. */
  public boolean alive() {
    return of(pid).filter(this::equals).isPresent();
  }

  /**
   * Whether this very process is known to live no more. Not if the system hides the processes of
   * others ({@code hidepid}) or does not let this one look: then neither is the first one seen.
   */
  public boolean dead() {
    return dead(PROCESSES);
  }

  /**
   * @param processes as {@code /proc}
   */
  boolean dead(Path processes) {
    return of(pid, processes).filter(this::equals).isEmpty() && of(1, processes).isPresent();
  }

  /**
   * Whether the group with this number, if there is one, is still this process's: the number cannot
   * have gone to another process while members of the group live.
   */
  boolean stillLeadsItsGroup() {
    return pid > 1 && of(pid).map(this::equals).orElse(true);
  }
}
