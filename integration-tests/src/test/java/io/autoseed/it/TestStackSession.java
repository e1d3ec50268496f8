package io.autoseed.it;

import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/** Stops the shared stack when the last test of the JVM is over. */
public final class TestStackSession implements LauncherSessionListener {
  @Override
  public void launcherSessionClosed(LauncherSession session) {
    TestStack.close();
  }
}
