package io.autoseed.worker.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of the program, as the build wrote it down: part of every run's record. */
public final class CodeVersion {
  private static final String RESOURCE =
      "/META-INF/maven/io.autoseed/autoseed-worker/pom.properties";

  private CodeVersion() {}

  /** Such as {@code 0.1.0}; {@code unpacked} if it runs from class files. */
  public static String current() {
    try (InputStream in = CodeVersion.class.getResourceAsStream(RESOURCE)) {
      Properties properties = new Properties();
      if (in != null) {
        properties.load(in);
      }
      return properties.getProperty("version", "unpacked");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
