package io.autoseed.infra.stack;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A program of the caller, such as a worker or the console, kept running with the stack.
 *
 * @param name unique in the stack, lower case letters, digits and dashes
 * @param command program and arguments, without secrets
 * @param environment added to the supervisor's; secrets belong here
 * @param readyUrl answers an HTTP GET with 200 once the program is ready; empty to take a living
 *     process for a ready one
 * @param grace how long it may take to end after SIGTERM
 */
public record StackProcess(
    String name,
    List<String> command,
    Map<String, String> environment,
    String readyUrl,
    Duration grace) {
  public StackProcess {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }

  /** The port of {@code readyUrl}, which must be free before the program starts. */
  List<Integer> listensOn() {
    return readyUrl.isEmpty() ? List.of() : List.of(URI.create(readyUrl).getPort());
  }
}
