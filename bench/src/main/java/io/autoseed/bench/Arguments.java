package io.autoseed.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Arguments of a measurement, {@code --name value} each, and its result: a JSON document. */
final class Arguments {
  private static final String OUT = "--out";

  private final String program;
  private final Map<String, String> given = new TreeMap<>();

  /**
   * @param program as {@code bench/run} names it
   * @throws IllegalArgumentException if a name has no value
   */
  Arguments(String program, String... arguments) {
    this.program = program;
    for (int i = 0; i < arguments.length; i += 2) {
      if (!arguments[i].startsWith("--") || i + 1 == arguments.length) {
        throw new IllegalArgumentException(
            program + ": expected --name value pairs, found " + arguments[i]);
      }
      given.put(arguments[i], arguments[i + 1]);
    }
  }

  int whole(String name, int unlessGiven) {
    return Integer.parseInt(given.getOrDefault(name, Integer.toString(unlessGiven)));
  }

  /** A result that starts with the command and the machine's load at this moment. */
  ObjectNode result() {
    StringBuilder command = new StringBuilder("bench/run ").append(program);
    given.forEach((name, value) -> command.append(' ').append(name).append(' ').append(value));
    ObjectNode result = new ObjectMapper().createObjectNode();
    result.put("command", command.toString());
    result.put("processors", Runtime.getRuntime().availableProcessors());
    result.put("loadAtStart", Measure.load());
    return result;
  }

  /** Prints the result, and writes it to the file that {@code --out} names. */
  void write(ObjectNode result) throws IOException {
    result.put("loadAtEnd", Measure.load());
    String text =
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(result);
    System.out.println(text);
    if (given.containsKey(OUT)) {
      Files.writeString(Path.of(given.get(OUT)), text + "\n");
    }
  }
}
