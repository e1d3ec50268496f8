package io.autoseed.learning.strategy;

import io.autoseed.learning.tensor.TensorBundle;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything a later phase needs, as named objects (for example {@code seeds}, {@code adapter},
 * {@code generator}, {@code statistics}). Each object is stored as {@code <name>.safetensors} and
 * has a digest of its own. Objects whose name starts with {@code task-} live only inside a task:
 * they are in the state between its phases and must be gone after SEED_UPDATE.
 */
public record LearnerState(SortedMap<String, TensorBundle> objects) {
  public LearnerState {
    objects = Collections.unmodifiableSortedMap(new TreeMap<>(objects));
  }

  public static LearnerState empty() {
    return new LearnerState(new TreeMap<>());
  }

  public static LearnerState of(Map<String, TensorBundle> objects) {
    return new LearnerState(new TreeMap<>(objects));
  }

  /** The object of that name; an error that lists the names there are, if there is none. */
  public TensorBundle get(String name) {
    TensorBundle bundle = objects.get(name);
    if (bundle == null) {
      throw new IllegalArgumentException(
          "no object '" + name + "' in the learner state; it holds " + objects.keySet());
    }
    return bundle;
  }

  public boolean has(String name) {
    return objects.containsKey(name);
  }

  /** This state with one object added or replaced. */
  public LearnerState with(String name, TensorBundle bundle) {
    SortedMap<String, TensorBundle> changed = new TreeMap<>(objects);
    changed.put(name, bundle);
    return new LearnerState(changed);
  }

  /** This state without the named object. */
  public LearnerState without(String name) {
    SortedMap<String, TensorBundle> changed = new TreeMap<>(objects);
    changed.remove(name);
    return new LearnerState(changed);
  }

  /** Bytes of all values: the memory kept between tasks, everything counted. */
  public long byteSize() {
    return objects.values().stream().mapToLong(TensorBundle::byteSize).sum();
  }
}
