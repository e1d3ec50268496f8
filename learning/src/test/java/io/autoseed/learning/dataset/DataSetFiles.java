package io.autoseed.learning.dataset;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes small data sets for tests: files that look like PNGs, and whatever surrounds them. */
public final class DataSetFiles {
  private DataSetFiles() {}

  /** Bytes that begin like a PNG and differ by {@code content}. */
  public static byte[] image(String content) {
    return ("\u0089PNG\r\n\u001a\n" + content).getBytes(StandardCharsets.ISO_8859_1);
  }

  public static Path write(Path file, byte[] bytes) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.write(file, bytes);
  }

  public static Path write(Path file, String text) throws IOException {
    return write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /** A folder of {@code count} images a class in each split, every class with a text. */
  public static Path folder(Path root, int count, String... classes) throws IOException {
    StringBuilder meta = new StringBuilder();
    for (String name : classes) {
      for (int i = 0; i < count; i++) {
        for (String split : new String[] {"train", "test"}) {
          write(root.resolve(split + "/" + name + "/" + i + ".png"), image(split + name + i));
        }
      }
      meta.append(meta.isEmpty() ? "" : ",")
          .append("{\"dir\":\"" + name + "\",\"text\":\"a " + name + "\"}");
    }
    write(
        root.resolve("meta.json"),
        "{\"classes\":[" + meta + "],\"templates\":[\"a photo of {}.\"],\"licence\":\"MIT\"}");
    return root;
  }

  public static Path zip(Path file, Map<String, byte[]> entries) throws IOException {
    return zip(file, entries, Deflater.DEFAULT_COMPRESSION);
  }

  /** A zip in which the entries stand as they are, so that a byte can be changed in one of them. */
  static Path storedZip(Path file, Map<String, byte[]> entries) throws IOException {
    return zip(file, entries, Deflater.NO_COMPRESSION);
  }

  private static Path zip(Path file, Map<String, byte[]> entries, int level) throws IOException {
    Files.createDirectories(file.getParent());
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.setLevel(level);
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
        zip.closeEntry();
      }
    }
    return file;
  }

  /** Where {@code part} begins in {@code bytes}. */
  static int indexOf(byte[] bytes, byte[] part) {
    for (int i = 0; i + part.length <= bytes.length; i++) {
      if (Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
        return i;
      }
    }
    throw new AssertionError("not found");
  }
}
