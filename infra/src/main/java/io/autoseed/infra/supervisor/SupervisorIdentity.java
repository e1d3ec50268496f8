package io.autoseed.infra.supervisor;

import java.util.Properties;

/**
 * A running supervisor.
 *
 * @param process its JVM
 * @param codeDigest of the classes it runs, so that a newer build can take its place
 */
public record SupervisorIdentity(ProcessIdentity process, String codeDigest) {

  Properties toProperties() {
    Properties properties = new Properties();
    properties.setProperty("pid", Long.toString(process.pid()));
    properties.setProperty("startTicks", Long.toString(process.startTicks()));
    properties.setProperty("codeDigest", codeDigest);
    return properties;
  }

  static SupervisorIdentity fromProperties(Properties properties) {
    return new SupervisorIdentity(
        new ProcessIdentity(
            Long.parseLong(properties.getProperty("pid")),
            Long.parseLong(properties.getProperty("startTicks"))),
        properties.getProperty("codeDigest"));
  }
}
