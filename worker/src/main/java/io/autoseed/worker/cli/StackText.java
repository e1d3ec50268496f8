package io.autoseed.worker.cli;

import io.autoseed.infra.stack.ComponentStatus;
import io.autoseed.infra.stack.Condition;
import io.autoseed.infra.stack.StackStatus;
import io.autoseed.worker.report.TextTable;
import java.util.List;

/** A stack's status for people. */
final class StackText {
  private StackText() {}

  static String render(StackStatus status) {
    if (status.state() == Condition.DOWN) {
      return "The stack is down: autoseed up starts it.\n";
    }
    TextTable table = new TextTable(List.of("component", "state", "pid", "version", "address"));
    for (ComponentStatus component : status.components()) {
      table.row(
          List.of(
              component.name(),
              component.state().word(),
              component.pid() == 0 ? "-" : Long.toString(component.pid()),
              component.version().isEmpty() ? "-" : component.version(),
              component.address().isEmpty() ? "-" : component.address()));
    }
    StringBuilder text = new StringBuilder(table.render()).append('\n');
    text.append(verdict(status.state())).append('\n');
    if (!status.warning().isEmpty()) {
      text.append(status.warning()).append('\n');
    }
    page(text, "Console:     ", status.console());
    page(text, "MLflow:      ", mlflow(status));
    page(text, "Temporal:    ", status.temporal());
    text.append("Credentials: ").append(status.credentialsFile()).append(" (PostgreSQL, S3)\n");
    return text.toString();
  }

  /**
   * Who else reaches a stack.
   *
   * @param unguarded what of it has no password
   */
  static String notice(List<String> unguarded) {
    String local = "Everything listens on this machine alone.";
    if (unguarded.isEmpty()) {
      return local + "\n";
    }
    return local
        + " These have no password, so other users of this machine reach them: "
        + String.join(", ", unguarded)
        + ".\nOn a shared machine choose services elsewhere, or MinIO as the store, at a stack's first"
        + " up.\n";
  }

  private static String verdict(Condition state) {
    return switch (state) {
      case HEALTHY -> "Everything is healthy.";
      case STARTING -> "Starting; autoseed up waits until everything is healthy.";
      case STOPPING -> "Stopping.";
      case UNHEALTHY, DOWN -> "Not everything is healthy: autoseed up mends what it can.";
    };
  }

  private static String mlflow(StackStatus status) {
    return status.components().stream()
        .filter(component -> component.name().equals("mlflow"))
        .map(ComponentStatus::address)
        .findFirst()
        .orElse("");
  }

  private static void page(StringBuilder text, String name, String address) {
    if (!address.isEmpty()) {
      text.append(name).append(address).append('\n');
    }
  }
}
