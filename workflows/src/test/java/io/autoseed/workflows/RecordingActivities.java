package io.autoseed.workflows;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Activities that write down what they were asked, and name their manifests by task and phase. */
final class RecordingActivities implements ControlActivities, AcceleratorActivities {
  final List<String> calls = new CopyOnWriteArrayList<>();
  final List<RunClosing> closings = new CopyOnWriteArrayList<>();
  final Map<String, Consumer<PhaseRequest>> before = new HashMap<>();

  /** What is done when something is written down of a run, by what {@link #calls} says of it. */
  final Map<String, Runnable> recording = new HashMap<>();

  Consumer<ShardGroup> encoding = group -> {};
  Runnable planning = () -> {};
  boolean commitsEncodeWithItsPlan;
  private boolean encodedOnce;

  /** Does {@code action} whenever the phase of that task is performed, before it succeeds. */
  void before(int task, Phase phase, Consumer<PhaseRequest> action) {
    before.put(task + "/" + phase, action);
  }

  private PhaseOutcome perform(PhaseRequest request) {
    String name = request.task() + "/" + request.phase();
    String input = request.input() == null ? "nothing" : request.input().key();
    calls.add(name + " after " + input + " in " + request.sequence());
    before.getOrDefault(name, ignored -> {}).accept(request);
    return new PhaseOutcome(
        request.phase(), new ManifestReference(name, "v1", "", ""), Map.of(), 0, false);
  }

  private void record(String what) {
    calls.add(what);
    recording.getOrDefault(what, () -> {}).run();
  }

  @Override
  public void openRun(RunRequest request) {
    record("open");
  }

  @Override
  public void changeRun(String run, RunState state) {
    record("now " + state);
  }

  @Override
  public void reviseRun(String run, AppendRequest revision) {
    record("revised to " + revision.sequence());
  }

  @Override
  public EncodePlan planEncode(PhaseRequest request) {
    planning.run();
    boolean first = !encodedOnce;
    encodedOnce = true;
    return new EncodePlan(
        2,
        first
            ? List.of(
                new ShardGroup(request.run(), request.sequence(), request.task(), List.of(0)),
                new ShardGroup(request.run(), request.sequence(), request.task(), List.of(1)))
            : List.of(),
        true,
        !first && commitsEncodeWithItsPlan ? perform(request) : null);
  }

  @Override
  public ShardReport encodeShards(ShardGroup group) {
    calls.add("shards " + group.shards());
    encoding.accept(group);
    return new ShardReport(group.shards().size(), 0.5);
  }

  @Override
  public PhaseOutcome encode(EncodeRequest request) {
    calls.add("computed " + request.computed() + " in " + request.computeSeconds() + " s");
    return perform(request.request());
  }

  @Override
  public PhaseOutcome publish(PhaseRequest request) {
    return perform(request);
  }

  @Override
  public void closeRun(RunClosing closing) {
    closings.add(closing);
    record("close " + closing.state());
  }

  @Override
  public PhaseOutcome replay(PhaseRequest request) {
    return perform(request);
  }

  @Override
  public PhaseOutcome adapt(PhaseRequest request) {
    return perform(request);
  }

  @Override
  public PhaseOutcome seedUpdate(PhaseRequest request) {
    return perform(request);
  }

  @Override
  public PhaseOutcome evaluate(PhaseRequest request) {
    return perform(request);
  }
}
