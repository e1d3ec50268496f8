package io.autoseed.infra.supervisor;

import java.util.Properties;

/**
 * What the supervisor last did for one component.
 *
 * @param name of the component
 * @param process the group's first process
 * @param specDigest of the spec it was started from
 * @param starts how often it has been started since it was asked for, the first time included
 * @param backoffUntil epoch milliseconds before which it is not started again; 0 for none
 */
public record ComponentState(
    String name, ProcessIdentity process, String specDigest, int starts, long backoffUntil) {

  /** Whether the process still lives. */
  public boolean alive() {
    return process.alive();
  }

  Properties toProperties() {
    Properties properties = new Properties();
    properties.setProperty("name", name);
    properties.setProperty("pid", Long.toString(process.pid()));
    properties.setProperty("startTicks", Long.toString(process.startTicks()));
    properties.setProperty("specDigest", specDigest);
    properties.setProperty("starts", Integer.toString(starts));
    properties.setProperty("backoffUntil", Long.toString(backoffUntil));
    return properties;
  }

  static ComponentState fromProperties(Properties properties) {
    return new ComponentState(
        properties.getProperty("name"),
        new ProcessIdentity(
            Long.parseLong(properties.getProperty("pid")),
            Long.parseLong(properties.getProperty("startTicks"))),
        properties.getProperty("specDigest"),
        Integer.parseInt(properties.getProperty("starts")),
        Long.parseLong(properties.getProperty("backoffUntil")));
  }
}
