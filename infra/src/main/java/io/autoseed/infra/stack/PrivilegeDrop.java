package io.autoseed.infra.stack;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * PostgreSQL refuses to run as root. Where root has to start it all the same (containers, CI), the
 * program gets a user namespace of its own: there it is nobody, its files are its own and nothing
 * has to change hands. Where namespaces are forbidden it becomes the user nobody, who is given the
 * data folder and, since that may lie below a folder of root's, keeps the right to walk there.
 *
 * @param prefix of the command
 * @param changesOwner whether the data folder must be given to {@link #NOBODY}
 */
record PrivilegeDrop(List<String> prefix, boolean changesOwner) {
  static final int NOBODY = 65534;

  private static final List<String> NAMESPACE = List.of("unshare", "--user");
  private static final List<String> NOBODYS =
      List.of(
          "setpriv",
          "--reuid=" + NOBODY,
          "--regid=" + NOBODY,
          "--clear-groups",
          "--inh-caps=-all,+dac_override",
          "--ambient-caps=-all,+dac_override",
          "--bounding-set=-all,+dac_override",
          // Else access(2), which initdb asks about its programs, would leave that right out.
          "--securebits=+no_setuid_fixup");

  /** The way that works here: nothing at all for a plain user. */
  static PrivilegeDrop find() {
    if (!"root".equals(System.getProperty("user.name"))) {
      return new PrivilegeDrop(List.of(), false);
    }
    if (works(NAMESPACE)) {
      return new PrivilegeDrop(NAMESPACE, false);
    }
    if (works(NOBODYS)) {
      return new PrivilegeDrop(NOBODYS, true);
    }
    throw new StackException(
        "PostgreSQL does not run as root, and neither unshare nor setpriv works here: run as another"
            + " user, or install util-linux");
  }

  /** That other way, for its test. */
  static PrivilegeDrop withoutNamespaces() {
    return new PrivilegeDrop(NOBODYS, true);
  }

  void giveAway(Path folder) {
    if (changesOwner) {
      try {
        Process process =
            new ProcessBuilder("chown", "-R", NOBODY + ":" + NOBODY, folder.toString())
                .redirectErrorStream(true)
                .start();
        if (process.waitFor() != 0) {
          throw new StackException(
              folder + " could not be given to the user nobody: run as another user than root");
        }
      } catch (IOException e) {
        throw new StackException("chown could not be started (" + e.getMessage() + ")", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static boolean works(List<String> prefix) {
    List<String> command = new ArrayList<>(prefix);
    command.add("true");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
