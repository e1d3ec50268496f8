package io.autoseed.infra.stack;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The stack as it is now.
 *
 * @param healthy whether every component is healthy, the supervisor among them
 * @param state how it is as a whole
 * @param console address of the console, empty when none runs
 * @param temporal address of Temporal's page, empty when it runs elsewhere
 * @param credentialsFile the file that holds the passwords and keys
 * @param warning what will keep a healthy stack from working, and what to do; empty if nothing
 */
public record StackStatus(
    boolean healthy,
    Condition state,
    List<ComponentStatus> components,
    String console,
    String temporal,
    String credentialsFile,
    String warning) {
  public StackStatus {
    components = List.copyOf(components);
  }

  /** A folder in which no stack has ever been up. */
  static StackStatus neverUp() {
    return new StackStatus(false, Condition.DOWN, List.of(), "", "", "", "");
  }

  /** What components amount to that are not all healthy under a living supervisor. */
  static Condition of(List<ComponentStatus> components, boolean asked) {
    Set<Condition> found =
        components.stream().map(ComponentStatus::state).collect(Collectors.toSet());
    if (!asked) {
      return found.contains(Condition.STOPPING) ? Condition.STOPPING : Condition.DOWN;
    }
    return found.contains(Condition.STARTING) && !found.contains(Condition.UNHEALTHY)
        ? Condition.STARTING
        : Condition.UNHEALTHY;
  }
}
