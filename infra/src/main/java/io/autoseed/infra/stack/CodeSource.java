package io.autoseed.infra.stack;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files that came with a class, be it from a folder of the build or from a jar. */
final class CodeSource {
  private CodeSource() {}

  /**
   * Reads one folder, not those below it.
   *
   * @param neighbour a class from the same folder of classes or the same jar
   * @param folder such as {@code db/migration}
   * @param suffix of the files to read
   * @return contents by file name, in the order of names
   */
  static Map<String, byte[]> files(Class<?> neighbour, String folder, String suffix) {
    try {
      Path source = Path.of(neighbour.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (Files.isDirectory(source)) {
        return read(source.resolve(folder), suffix);
      }
      try (FileSystem jar = FileSystems.newFileSystem(source)) {
        return read(jar.getPath(folder), suffix);
      }
    } catch (IOException | URISyntaxException e) {
      throw new StackException(folder + " of this build could not be read (" + e + ")", e);
    }
  }

  private static Map<String, byte[]> read(Path folder, String suffix) throws IOException {
    Map<String, byte[]> contents = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(suffix)).toList()) {
        contents.put(file.getFileName().toString(), Files.readAllBytes(file));
      }
    }
    return contents;
  }
}
