package io.autoseed.infra.stack;

import java.util.List;

/**
 * The stack as it is now.
 *
 * @param healthy whether the supervisor lives and every component is healthy
 * @param console address of the console, empty when none runs
 * @param credentialsFile the file that holds the passwords and keys
 */
public record StackStatus(
    boolean healthy, List<ComponentStatus> components, String console, String credentialsFile) {
  public StackStatus {
    components = List.copyOf(components);
  }
}
