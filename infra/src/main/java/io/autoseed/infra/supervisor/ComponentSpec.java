package io.autoseed.infra.supervisor;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * One program that the supervisor keeps running.
 *
 * @param name unique in the stack; letters, digits and dashes
 * @param command program and arguments; no secret may be in it
 * @param environment added to the supervisor's own environment; secrets go here
 * @param directory the working directory
 * @param log standard output and error are appended to it
 * @param stopSignal the polite one, such as {@code TERM}
 * @param grace how long after the polite signal the group is killed
 * @param strayProgram file name of the executable whose processes in {@code directory} belong to
 *     the component even if they left its process group (PostgreSQL's backends do); empty for none
 * @param readyUrl not the supervisor's business, kept for {@code status}: what answers 200 when the
 *     component is ready; empty for none
 */
public record ComponentSpec(
    String name,
    List<String> command,
    Map<String, String> environment,
    Path directory,
    Path log,
    String stopSignal,
    Duration grace,
    String strayProgram,
    String readyUrl) {

  public ComponentSpec {
    if (!name.matches("[a-z][a-z0-9-]{0,30}")) {
      throw new IllegalArgumentException(
          "a component's name has letters, digits and dashes, found \"" + name + '"');
    }
    if (command.isEmpty()) {
      throw new IllegalArgumentException("the component " + name + " has no command");
    }
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }

  /** A component that ends on SIGTERM within {@code grace} and leaves no strays. */
  public static ComponentSpec of(
      String name,
      List<String> command,
      Map<String, String> environment,
      Path directory,
      Path log,
      Duration grace) {
    return new ComponentSpec(name, command, environment, directory, log, "TERM", grace, "", "");
  }

  /** SHA-256 of everything that a restart would be needed for. */
  public String digest() {
    try {
      byte[] bytes = new TreeMap<>(toMap()).toString().getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  Properties toProperties() {
    Properties properties = new Properties();
    properties.putAll(toMap());
    return properties;
  }

  private Map<String, String> toMap() {
    Map<String, String> map = new TreeMap<>();
    map.put("name", name);
    for (int i = 0; i < command.size(); i++) {
      map.put(String.format("command.%03d", i), command.get(i));
    }
    environment.forEach((key, value) -> map.put("environment." + key, value));
    map.put("directory", directory.toString());
    map.put("log", log.toString());
    map.put("stopSignal", stopSignal);
    map.put("graceMillis", Long.toString(grace.toMillis()));
    map.put("strayProgram", strayProgram);
    map.put("readyUrl", readyUrl);
    return map;
  }

  static ComponentSpec fromProperties(Properties properties) {
    List<String> command = new ArrayList<>();
    for (int i = 0; properties.containsKey(String.format("command.%03d", i)); i++) {
      command.add(properties.getProperty(String.format("command.%03d", i)));
    }
    Map<String, String> environment = new TreeMap<>();
    for (String key : properties.stringPropertyNames()) {
      if (key.startsWith("environment.")) {
        environment.put(key.substring("environment.".length()), properties.getProperty(key));
      }
    }
    return new ComponentSpec(
        properties.getProperty("name"),
        command,
        environment,
        Path.of(properties.getProperty("directory")),
        Path.of(properties.getProperty("log")),
        properties.getProperty("stopSignal"),
        Duration.ofMillis(Long.parseLong(properties.getProperty("graceMillis"))),
        properties.getProperty("strayProgram"),
        properties.getProperty("readyUrl"));
  }
}
