package io.autoseed.worker.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Images that a command line names. */
final class ImageFiles {
  private ImageFiles() {}

  /**
   * The bytes of a file.
   *
   * @throws CommandFailure if there is none, or it cannot be read
   */
  static byte[] read(Path image) {
    try {
      return Files.readAllBytes(image);
    } catch (NoSuchFileException e) {
      throw new CommandFailure("there is no file " + image, e);
    } catch (IOException e) {
      throw new CommandFailure(image + " cannot be read: " + e.getMessage(), e);
    }
  }
}
