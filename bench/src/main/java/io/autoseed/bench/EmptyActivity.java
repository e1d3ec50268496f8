package io.autoseed.bench;

import io.temporal.activity.ActivityInterface;

/** Does nothing: what is left is the server's and the workers' own time. */
@ActivityInterface
public interface EmptyActivity {
  void perform();
}
