package io.autoseed.worker.cli;

import io.autoseed.infra.stack.ComponentStatus;
import io.autoseed.infra.stack.StackStatus;
import io.autoseed.worker.report.TextTable;
import java.util.List;

/** A stack's status for people. */
final class StackText {
  private StackText() {}

  static String render(StackStatus status) {
    if (status.components().isEmpty()) {
      return "The stack is down. Start it: autoseed up\n";
    }
    TextTable table = new TextTable(List.of("component", "state", "pid", "version", "address"));
    for (ComponentStatus component : status.components()) {
      table.row(
          List.of(
              component.name(),
              component.healthy() ? "healthy" : component.pid() == 0 ? "down" : "unhealthy",
              component.pid() == 0 ? "-" : Long.toString(component.pid()),
              component.version().isEmpty() ? "-" : component.version(),
              component.address().isEmpty() ? "-" : component.address()));
    }
    StringBuilder text = new StringBuilder(table.render()).append('\n');
    if (status.healthy()) {
      text.append("Everything is healthy.\n");
    } else {
      text.append("Not everything is healthy: autoseed up mends what it can.\n");
    }
    if (!status.console().isEmpty()) {
      text.append("Console:     ").append(status.console()).append('\n');
    }
    text.append("Credentials: ").append(status.credentialsFile()).append(" (PostgreSQL, S3)\n");
    return text.toString();
  }
}
