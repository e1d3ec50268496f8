package io.autoseed.worker.process;

import io.autoseed.infra.supervisor.ProcessIdentity;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The workers of a stack that can see each other die, by an empty file each, named after its
 * process ({@code b9c19107-4026531836.2647.4182137}). To look costs a list of a few names, so that
 * each may look all the time. Who removes the file of a dead one has noticed its death, and nobody
 * else has. One that was told to end leaves its file, too: it has handed over what it was at, but
 * not what the server may have sent to a poll that it was just closing.
 *
 * <p>Files of other boots and pid namespaces are left alone: nobody here knows whether their
 * processes live.
 */
final class Neighbours {
  private static final Pattern PROCESS = Pattern.compile("\\.(\\d+)\\.(\\d+)");

  private final Path folder;
  private final String space;
  private final Path own;

  /**
   * @param folder of the stack, for these files alone; made if there is none
   */
  Neighbours(Path folder, WorkerIdentity self) {
    this.folder = folder;
    this.space = self.space().replace('/', '-');
    this.own =
        folder.resolve(space + "." + self.process().pid() + "." + self.process().startTicks());
  }

  /** Lets the others see this process. */
  void join() throws IOException {
    Files.createDirectories(folder);
    Files.createFile(own);
  }

  /** Whether one has died, or more have, whose death nobody has noticed before. */
  boolean lostOne() throws IOException {
    boolean lost = false;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, space + ".*")) {
      for (Path file : files) {
        boolean dead = process(file).filter(ProcessIdentity::dead).isPresent();
        lost |= dead && Files.deleteIfExists(file);
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return lost;
  }

  private Optional<ProcessIdentity> process(Path file) {
    Matcher found = PROCESS.matcher(file.getFileName().toString().substring(space.length()));
    return found.matches()
        ? Optional.of(
            new ProcessIdentity(Long.parseLong(found.group(1)), Long.parseLong(found.group(2))))
        : Optional.empty();
  }
}
