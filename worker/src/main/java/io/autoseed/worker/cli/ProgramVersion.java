package io.autoseed.worker.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version of the program, as the build wrote it down. */
final class ProgramVersion implements IVersionProvider {
  private static final String RESOURCE =
      "/META-INF/maven/io.autoseed/autoseed-worker/pom.properties";

  @Override
  public String[] getVersion() throws IOException {
    Properties properties = new Properties();
    try (InputStream in = ProgramVersion.class.getResourceAsStream(RESOURCE)) {
      if (in != null) {
        properties.load(in);
      }
    }
    return new String[] {"autoseed " + properties.getProperty("version", "(unpacked classes)")};
  }
}
