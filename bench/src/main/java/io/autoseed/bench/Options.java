package io.autoseed.bench;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The {@code --name value} pairs of a benchmark's command line. */
record Options(Map<String, String> values) {
  /**
   * @param known the names that the benchmark has, without dashes
   * @throws IllegalArgumentException if an argument is none of them, or has no value
   */
  static Options parse(String[] arguments, String... known) {
    List<String> names = List.of(known);
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < arguments.length; i += 2) {
      String name = arguments[i].startsWith("--") ? arguments[i].substring(2) : "";
      if (!names.contains(name)) {
        throw new IllegalArgumentException(
            "'" + arguments[i] + "' is none of the options --" + String.join(", --", names));
      }
      if (i + 1 == arguments.length) {
        throw new IllegalArgumentException(arguments[i] + " needs a value");
      }
      values.put(name, arguments[i + 1]);
    }
    return new Options(values);
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  String text(String name, String otherwise) {
    return values.getOrDefault(name, otherwise);
  }

  long whole(String name, long otherwise) {
    return has(name) ? Long.parseLong(values.get(name)) : otherwise;
  }

  /** A value that is a list, cut at its commas. */
  List<String> list(String name, String otherwise) {
    return Arrays.stream(text(name, otherwise).split(",", -1)).map(String::strip).toList();
  }

  Optional<Path> path(String name) {
    return Optional.ofNullable(values.get(name)).map(Path::of);
  }
}
