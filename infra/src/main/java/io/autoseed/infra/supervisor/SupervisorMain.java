package io.autoseed.infra.supervisor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The supervisor's program: {@code SupervisorMain RUN_DIRECTORY CODE_DIGEST LOG}, where LOG is the
 * file that its standard output is appended to.
 *
 * <p>It ends once that is asked for, nothing else is asked for and nothing runs any more.
 */
public final class SupervisorMain {
  private static final long ROUND_MILLIS = 100;

  private SupervisorMain() {}

  /** Exit code 1, with one line, if it cannot begin. */
  public static void main(String[] args) throws InterruptedException {
    try {
      supervise(new RunDirectory(Path.of(args[0])), args[1], Path.of(args[2]));
    } catch (IOException e) {
      end(e.toString());
    } catch (UncheckedIOException e) {
      end(e.getMessage() + " (" + e.getCause() + ")");
    }
  }

  private static void end(String why) {
    Supervisor.log("ends: " + why);
    System.exit(1);
  }

  private static void supervise(RunDirectory run, String codeDigest, Path log)
      throws IOException, InterruptedException {
    Files.createDirectories(run.root());
    try (FileChannel channel =
        FileChannel.open(run.lockFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      FileLock lock = lock(channel);
      if (lock == null) {
        Supervisor.log("another supervisor lives here already");
        return;
      }
      ProcessIdentity self = ProcessIdentity.of(ProcessHandle.current().pid()).orElseThrow();
      run.record(new SupervisorIdentity(self, codeDigest));
      Supervisor supervisor = new Supervisor(run);
      supervisor.adopt();
      while (supervisor.round() || !run.endAsked()) {
        supervisor.bound(log);
        Thread.sleep(ROUND_MILLIS);
      }
      Supervisor.log("everything is stopped");
    }
  }

  /** A predecessor that was just killed may hold the lock for another moment. */
  private static FileLock lock(FileChannel channel) throws IOException, InterruptedException {
    for (int i = 0; i < 20; i++) {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return lock;
      }
      Thread.sleep(ROUND_MILLIS);
    }
    return null;
  }
}
