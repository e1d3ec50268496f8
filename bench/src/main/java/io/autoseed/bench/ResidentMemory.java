package io.autoseed.bench;

import io.autoseed.infra.stack.ComponentStatus;
import io.autoseed.infra.stack.LocalStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Resident memory of a stack's processes. Linux only. */
final class ResidentMemory {
  private static final long PAGE = 4096;

  private final LocalStack stack;

  ResidentMemory(LocalStack stack) {
    this.stack = stack;
  }

  /**
   * MiB of each component that runs, without the supervisor, which does nothing while all is well.
   */
  Map<String, Long> mebibytes() throws IOException {
    Map<String, Long> memory = new TreeMap<>();
    for (ComponentStatus component : stack.status().components()) {
      if (component.pid() != 0 && !component.name().equals(ComponentStatus.SUPERVISOR)) {
        try {
          String[] pages =
              Files.readString(Path.of("/proc/" + component.pid() + "/statm")).split(" ", 3);
          memory.put(component.name(), (Long.parseLong(pages[1]) * PAGE) >> 20);
        } catch (NoSuchFileException e) {
          memory.remove(component.name()); // it died since
        }
      }
    }
    return memory;
  }
}
