package io.autoseed.worker.chaos;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What chaos may hit. */
public enum Target {
  WORKER("worker"),
  TEMPORAL("temporal"),
  STORE("object-store"),
  CATALOG("postgres"),
  TRACKER("mlflow");

  private final String component;

  Target(String component) {
    this.component = component;
  }

  /** As the command line and the report write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException if it is none of the targets
   */
  public static Target of(String word) {
    return Arrays.stream(values())
        .filter(target -> target.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "expected "
                        + Arrays.stream(values())
                            .map(Target::word)
                            .collect(Collectors.joining(", "))
                        + ", found "
                        + word));
  }

  /** Whether a component of that name is one of this target's. */
  boolean owns(String name) {
    return this == WORKER
        ? name.equals(component) || name.startsWith(component + "-")
        : name.equals(component);
  }

  /** The target's components among those of a stack, in order. */
  List<String> among(Set<String> components) {
    return components.stream().filter(this::owns).sorted().toList();
  }
}
