package io.autoseed.infra.stack;

import java.util.Locale;

/** The platform that the pinned programs are built for. */
final class Platform {
  private Platform() {}

  static boolean supported() {
    String architecture = System.getProperty("os.arch");
    return System.getProperty("os.name").toLowerCase(Locale.ROOT).equals("linux")
        && (architecture.equals("amd64") || architecture.equals("x86_64"));
  }

  static void check() {
    if (!supported()) {
      throw new StackException(
          "the local stack runs on Linux on x86_64, and this is %s on %s: use such a machine or container"
              .formatted(System.getProperty("os.name"), System.getProperty("os.arch")));
    }
  }
}
