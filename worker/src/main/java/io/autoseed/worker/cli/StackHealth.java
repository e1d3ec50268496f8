package io.autoseed.worker.cli;

import io.autoseed.infra.stack.Condition;
import io.autoseed.infra.stack.StackStatus;

/** Whether the stack can take a run. */
final class StackHealth {
  private StackHealth() {}

  /**
   * @throws CommandFailure if it is down or not healthy
   */
  static void require(Surroundings surroundings) {
    StackStatus status = surroundings.stack().status();
    if (status.state() == Condition.DOWN) {
      throw Surroundings.down();
    }
    if (!status.healthy()) {
      throw new CommandFailure(
          "the stack is %s: autoseed up waits for it and mends what it can; autoseed status says more"
              .formatted(status.state().word()));
    }
  }
}
