package io.autoseed.worker.process;

import io.autoseed.infra.supervisor.ProcessIdentity;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names a worker process in Temporal's histories, so that any other can say whether it has died.
 *
 * <p>As text such as {@code 2647@host cpu b9c19107/4026531836/4182137}: process and machine for
 * people, the device, then what keeps the process from being mistaken: the start of the kernel's
 * boot id, the number of its pid namespace, and when the process started. Machines of one name
 * differ in the first of these, containers in the second, processes of one number in the third.
 *
 * @param space boot and pid namespace, in which a process number names one process at a time;
 *     {@link #NOWHERE} if the system does not say
 */
record WorkerIdentity(ProcessIdentity process, String host, String device, String space) {
  /** Of a worker whose death nobody can tell; does not read as an identity. */
  static final String NOWHERE = "?";

  private static final Pattern TEXT =
      Pattern.compile("(\\d+)@(\\S+) (\\S+) ([0-9a-f]{8}/\\d+)/(\\d+)");

  private static final int BOOT_DIGITS = 8;

  /** This process. */
  static WorkerIdentity current(String device) {
    long pid = ProcessHandle.current().pid();
    String name = ManagementFactory.getRuntimeMXBean().getName();
    return new WorkerIdentity(
        ProcessIdentity.of(pid).orElse(new ProcessIdentity(pid, 0)),
        name.substring(name.indexOf('@') + 1),
        device,
        currentSpace());
  }

  private static String currentSpace() {
    try {
      String boot =
          Files.readString(Path.of("/proc/sys/kernel/random/boot_id"), StandardCharsets.ISO_8859_1);
      String namespace = Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
      return boot.substring(0, BOOT_DIGITS) + "/" + namespace.replaceAll("\\D", "");
    } catch (IOException e) {
      return NOWHERE;
    }
  }

  /** The worker with that identity; empty if the text names none that says so much. */
  static Optional<WorkerIdentity> parse(String text) {
    Matcher found = TEXT.matcher(text);
    return found.matches()
        ? Optional.of(
            new WorkerIdentity(
                new ProcessIdentity(Long.parseLong(found.group(1)), Long.parseLong(found.group(5))),
                found.group(2),
                found.group(3),
                found.group(4)))
        : Optional.empty();
  }

  /**
   * Whether this worker has died, as far as {@code observer}, the calling process, can see. One
   * that is stopped lives, and so does one that cannot be seen.
   */
  boolean died(WorkerIdentity observer) {
    return space.equals(observer.space) && process.dead();
  }

  /** Process and machine, such as {@code 2647@host}. */
  String name() {
    return process.pid() + "@" + host;
  }

  /** Where a phase was computed, for people. */
  String workplace() {
    return name() + " " + device;
  }

  @Override
  public String toString() {
    return workplace() + " " + space + "/" + process.startTicks();
  }
}
