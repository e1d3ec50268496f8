package io.autoseed.worker.cli;

import io.autoseed.learning.encoder.ImageDecoder;
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
   * @throws CommandFailure if there is none, it cannot be read, or it is too large to be decoded,
   *     in which case it is not read
   */
  static byte[] read(Path image) {
    try {
      long size = Files.size(image);
      if (size > ImageDecoder.MAX_BYTES) {
        throw new CommandFailure(
            "%s has %d bytes; at most %d are read: make it smaller"
                .formatted(image, size, ImageDecoder.MAX_BYTES));
      }
      return Files.readAllBytes(image);
    } catch (NoSuchFileException e) {
      throw new CommandFailure("there is no file " + image, e);
    } catch (IOException e) {
      throw new CommandFailure(image + " cannot be read (" + e + ")", e);
    }
  }
}
