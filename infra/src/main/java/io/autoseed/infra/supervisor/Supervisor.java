package io.autoseed.infra.supervisor;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Brings what runs in line with what is asked for, again and again.
 *
 * <p>Components are process groups of their own, so they outlive their supervisor; the next one
 * takes over those whose process (number and start time) still lives. Before a component is started
 * again, whatever is left of it is killed: its group, every process with its mark, its strays.
 */
final class Supervisor {
  private final RunDirectory run;
  private final Map<String, Care> cares = new HashMap<>();
  private String complaint = "";

  Supervisor(RunDirectory run) {
    this.run = run;
  }

  /** One component under care; {@code spec} is the one it was started from. */
  private static final class Care {
    final RestartPolicy policy = new RestartPolicy();
    ComponentSpec spec;
    ComponentState state;
    boolean recorded = true; // whether the run directory knows the state
    long killAt; // when stopping: the end of the grace; else 0

    Care(ComponentSpec spec, ComponentState state) {
      this.spec = spec;
      this.state = state;
    }
  }

  /** Takes over what an earlier supervisor left: what lives, and what is to be cleared away. */
  void adopt() {
    Map<String, ComponentSpec> desired = run.desired();
    Map<String, ComponentSpec> started = run.started();
    for (ComponentState state : run.states().values()) {
      String name = state.name();
      if (state.alive()) {
        log("adopted " + name + ", process " + state.process().pid());
      }
      ComponentSpec spec = started.getOrDefault(name, desired.get(name));
      cares.put(name, new Care(spec != null ? spec : orphan(name), state));
    }
    started.values().forEach(this::endUnrecorded);
    desired.values().forEach(this::endUnrecorded);
  }

  /** Ends what was started, but not yet recorded, when the earlier supervisor was killed. */
  private void endUnrecorded(ComponentSpec spec) {
    if (!cares.containsKey(spec.name())) {
      endAll(spec);
      run.forget(spec.name());
    }
  }

  /** What is known of a component that a build without {@code started} left. */
  private ComponentSpec orphan(String name) {
    return new ComponentSpec(
        name,
        List.of("true"),
        Map.of(),
        run.root(),
        run.root().resolve("orphans.log"),
        "TERM",
        Duration.ofSeconds(5),
        "",
        "");
  }

  /**
   * One round; returns whether anything is asked for or still runs. What goes wrong with one
   * component (a full disk, no more processes) is logged, holds up no other and is tried again in
   * the next round.
   */
  boolean round() {
    Map<String, ComponentSpec> desired;
    try {
      desired = run.desired();
    } catch (RuntimeException e) {
      complain("what is asked for could not be read: " + e);
      return true;
    }
    for (String name : new TreeSet<>(cares.keySet())) {
      attempt(name, () -> tend(name, cares.get(name), Optional.ofNullable(desired.get(name))));
    }
    for (ComponentSpec spec : desired.values()) {
      if (!cares.containsKey(spec.name())) {
        attempt(spec.name(), () -> start(spec, null));
      }
    }
    return !desired.isEmpty() || !cares.isEmpty();
  }

  /** Keeps a log to its size, while somebody writes it. */
  void bound(Path log) {
    attempt(log.toString(), () -> BoundedLog.of(log).trim());
  }

  private void attempt(String name, Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      complain(name + ": " + e.getMessage());
    }
  }

  /** Logs a trouble once, however many rounds it lasts. */
  private void complain(String text) {
    if (!text.equals(complaint)) {
      complaint = text;
      log(text);
    }
  }

  private void tend(String name, Care care, Optional<ComponentSpec> desired) {
    if (!care.recorded) {
      record(care);
    }
    bound(care.spec.log());
    boolean alive = care.state.alive();
    boolean unwanted = desired.isEmpty() || !desired.get().digest().equals(care.state.specDigest());
    if (unwanted && alive) {
      stop(care);
    } else if (desired.isEmpty()) {
      endAll(care.spec);
      run.forget(name);
      cares.remove(name);
      log("stopped " + name);
    } else if (!alive) {
      restart(care, desired.get(), unwanted);
    }
  }

  private void restart(Care care, ComponentSpec spec, boolean onPurpose) {
    long now = System.currentTimeMillis();
    if (!onPurpose && care.state.backoffUntil() == 0) {
      long at = care.policy.died(now);
      log(spec.name() + ", process " + care.state.process().pid() + ", has died");
      if (at > now) {
        log(spec.name() + " dies too often; next start in " + (at - now) / 1000 + " s");
        care.state = backedOff(care.state, at);
        record(care);
      }
    }
    if (onPurpose || now >= care.state.backoffUntil()) {
      endAll(care.spec);
      start(spec, care);
    }
  }

  private static ComponentState backedOff(ComponentState s, long until) {
    return new ComponentState(s.name(), s.process(), s.specDigest(), s.starts(), until);
  }

  private void stop(Care care) {
    long now = System.currentTimeMillis();
    if (care.killAt == 0) {
      log("stopping " + care.spec.name() + ", process " + care.state.process().pid());
      care.killAt = now + care.spec.grace().toMillis();
      ProcessTable.signalProcess(care.state.process().pid(), care.spec.stopSignal());
    } else if (now >= care.killAt) {
      ProcessTable.signalGroup(care.state.process().pid(), "KILL");
      endAll(care.spec);
    }
  }

  private void start(ComponentSpec spec, Care before) {
    Care care = before != null ? before : new Care(spec, null);
    int starts = care.state == null ? 0 : care.state.starts();
    care.spec = spec;
    care.killAt = 0;
    attempt(spec.name(), () -> run.recordStart(spec));
    try {
      ProcessIdentity process = launch(spec);
      care.state = new ComponentState(spec.name(), process, spec.digest(), starts + 1, 0);
      log("started " + spec.name() + ", process " + process.pid());
    } catch (IOException e) {
      long at = System.currentTimeMillis() + 2000;
      log(spec.name() + " could not be started: " + e.getMessage());
      ProcessIdentity none = new ProcessIdentity(0, 0);
      care.state = new ComponentState(spec.name(), none, spec.digest(), starts + 1, at);
    }
    cares.put(spec.name(), care);
    record(care);
  }

  private void record(Care care) {
    care.recorded = false;
    attempt(
        care.spec.name(),
        () -> {
          run.record(care.state);
          care.recorded = true;
        });
  }

  private ProcessIdentity launch(ComponentSpec spec) throws IOException {
    Files.createDirectories(spec.log().getParent());
    List<String> command = new ArrayList<>();
    command.add("setsid"); // a group of its own; the process keeps its number
    command.addAll(spec.command());
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(spec.environment());
    builder.environment().put(ProcessTable.MARK, ProcessTable.mark(run, spec.name()));
    builder.directory(spec.directory().toFile());
    builder.redirectInput(new File("/dev/null"));
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(spec.log().toFile()));
    long pid = builder.start().pid();
    // One that ended at once has no start time any more: to the next round it is dead.
    return ProcessIdentity.of(pid).orElse(new ProcessIdentity(pid, 0));
  }

  /** Kills what is left of a component and waits until it is gone. */
  private void endAll(ComponentSpec spec) {
    Care care = cares.get(spec.name());
    if (care != null && care.state != null && care.state.process().stillLeadsItsGroup()) {
      ProcessTable.signalGroup(care.state.process().pid(), "KILL");
    }
    for (int i = 0; i < 200; i++) {
      List<Long> members = ProcessTable.members(run, spec);
      if (members.isEmpty()) {
        return;
      }
      members.forEach(pid -> ProcessTable.signalProcess(pid, "KILL"));
      try {
        Thread.sleep(10);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
    log("some processes of " + spec.name() + " could not be killed");
  }

  @SuppressWarnings("SystemOut") // the supervisor's log is its standard output
  static void log(String line) {
    System.out.println(Instant.now() + " " + line);
  }
}
