package io.autoseed.infra.supervisor;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * Does to a component's processes what an accident would: kills or stops them without a word to the
 * supervisor, which has to find out by itself.
 */
public final class ComponentSignals {
  private final RunDirectory run;

  public ComponentSignals(RunDirectory run) {
    this.run = run;
  }

  /** The component's first process, if it lives. */
  public Optional<ProcessIdentity> process(String component) {
    return Optional.ofNullable(run.states().get(component))
        .filter(ComponentState::alive)
        .map(ComponentState::process);
  }

  /**
   * Kills the first process alone; its children, if there are any, live on for the moment.
   *
   * @return the process, or nothing if none lived
   */
  public Optional<ProcessIdentity> kill(String component) {
    Optional<ProcessIdentity> victim = process(component);
    victim.ifPresent(process -> ProcessTable.signalProcess(process.pid(), "KILL"));
    return victim;
  }

  /**
   * Kills every process of the component.
   *
   * @return the first process, or nothing if none lived
   */
  public Optional<ProcessIdentity> killAll(String component) {
    Optional<ProcessIdentity> victim = process(component);
    ComponentSpec spec = run.desired().get(component);
    if (victim.isPresent() && spec != null) {
      ProcessTable.members(run, spec).forEach(pid -> ProcessTable.signalProcess(pid, "KILL"));
    }
    return victim;
  }

  /**
   * Stops the first process and lets it go on after a while, also if this program has died by then.
   *
   * @return the process, or nothing if none lived
   */
  public Optional<ProcessIdentity> pause(String component, Duration length) {
    Optional<ProcessIdentity> victim = process(component);
    victim.ifPresent(process -> pause(process.pid(), length));
    return victim;
  }

  private static void pause(long pid, Duration length) {
    File nowhere = new File("/dev/null");
    String seconds = String.format(Locale.ROOT, "%.3f", length.toMillis() / 1e3);
    try {
      // A session of its own: an interrupt typed at the terminal must not end it.
      new ProcessBuilder(
              "setsid",
              "/bin/sh",
              "-c",
              "kill -s STOP \"$0\"; sleep \"$1\"; kill -s CONT \"$0\"",
              Long.toString(pid),
              seconds)
          .redirectInput(nowhere)
          .redirectOutput(nowhere)
          .redirectError(nowhere)
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException("/bin/sh could not be started to stop " + pid, e);
    }
  }

  /** Lets a stopped process go on; no error if it runs or is gone. */
  public void resume(ProcessIdentity process) {
    if (process.alive()) {
      ProcessTable.signalProcess(process.pid(), "CONT");
    }
  }
}
