package io.autoseed.worker.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of the program, as the build wrote it down: part of every run's record. */
public final class CodeVersion {
  private static final String RESOURCE = "build.properties";

  private CodeVersion() {}

  /**
   * Such as {@code 0.1.0+1edcc6c2a41b}, with {@code .changed} behind it if the sources were not
   * those of the commit; without a commit if the build was made outside of a checkout.
   */
  public static String current() {
    Properties build = new Properties();
    try (InputStream in = CodeVersion.class.getResourceAsStream(RESOURCE)) {
      build.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return of(build.getProperty("version"), build.getProperty("commit"));
  }

  static String of(String version, String commit) {
    return commit.isEmpty() ? version : version + "+" + commit;
  }
}
