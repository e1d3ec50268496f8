package io.autoseed.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Arguments of a measurement, {@code --name value} each, and its result: a JSON document. */
final class Arguments {
  private static final String OUT = "out";

  private final String program;
  private final Map<String, String> given = new LinkedHashMap<>();

  /**
   * @param program as {@code bench/run} names it
   * @param known the names that the program has beside {@code out}, without dashes
   * @throws IllegalArgumentException if an argument is none of them, or has no value
   */
  Arguments(String program, String[] arguments, String... known) {
    this.program = program;
    List<String> names = List.of(known);
    for (int i = 0; i < arguments.length; i += 2) {
      String name = arguments[i].startsWith("--") ? arguments[i].substring(2) : "";
      if (!names.contains(name) && !name.equals(OUT)) {
        throw new IllegalArgumentException(
            "%s has no argument '%s', only --%s and --out"
                .formatted(program, arguments[i], String.join(", --", names)));
      }
      if (i + 1 == arguments.length) {
        throw new IllegalArgumentException(program + ": " + arguments[i] + " needs a value");
      }
      given.put(name, arguments[i + 1]);
    }
  }

  boolean has(String name) {
    return given.containsKey(name);
  }

  String text(String name, String unlessGiven) {
    return given.getOrDefault(name, unlessGiven);
  }

  int whole(String name, int unlessGiven) {
    return has(name) ? Integer.parseInt(given.get(name)) : unlessGiven;
  }

  /** A value that is a list, cut at its commas. */
  List<String> list(String name, String unlessGiven) {
    return Arrays.stream(text(name, unlessGiven).split(",", -1)).map(String::strip).toList();
  }

  Optional<Path> path(String name) {
    return Optional.ofNullable(given.get(name)).map(Path::of);
  }

  /** Where the result goes beside standard output. */
  Optional<Path> out() {
    return path(OUT);
  }

  /** A result that starts with the command and the machine's load at this moment. */
  ObjectNode result() {
    StringBuilder command = new StringBuilder("bench/run ").append(program);
    given.forEach((name, value) -> command.append(" --").append(name).append(' ').append(value));
    ObjectNode result = new ObjectMapper().createObjectNode();
    result.put("command", command.toString());
    result.put("processors", Runtime.getRuntime().availableProcessors());
    result.put("loadAtStart", Measure.load());
    return result;
  }

  /** Prints the result, and writes it to the file that {@code --out} names. */
  void write(ObjectNode result) throws IOException {
    result.put("loadAtEnd", Measure.load());
    String text = text(result);
    System.out.println(text);
    save(text);
  }

  /** Writes a result, whole or as far as it is, to the file that {@code --out} names. */
  void save(ObjectNode result) throws IOException {
    save(text(result));
  }

  private static String text(ObjectNode result) throws IOException {
    return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(result);
  }

  private void save(String text) throws IOException {
    if (out().isPresent()) {
      Files.writeString(out().get(), text + "\n");
    }
  }
}
