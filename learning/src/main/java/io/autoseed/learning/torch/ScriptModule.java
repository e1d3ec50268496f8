package io.autoseed.learning.torch;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Functions in TorchScript, written in Java source and compiled by torch: one native call runs many
 * operations, and every ATen operator is in reach. A method reads
 *
 * <pre>{@code
 * def axpy(self, a: Tensor, x: Tensor, y: Tensor) -> Tensor:
 *   return torch.add(torch.mul(a, x), y)
 * }</pre>
 *
 * <p>Arguments are tensors, or {@code List[Tensor]} made by {@link #list}; scalars travel as 0-d
 * tensors ({@code int(t)}, {@code float(t)} inside). Results are a tensor, or a tuple or list of
 * tensors. In-place operators change the arrays that are passed, but only arguments: a list literal
 * inside a script holds copies of the references that {@code _fused_adamw_} and its like ignore.
 *
 * <p>Thread-safe; meant to live in a {@code static final} field of a holder class, so that the
 * engine is loaded when it is first used.
 */
public final class ScriptModule {
  private final PtSymbolBlock block;
  private final NDManager tags;
  private final Map<String, NDArray> tagByMethod = new ConcurrentHashMap<>();

  private ScriptModule(PtSymbolBlock block, NDManager tags) {
    this.block = block;
    this.tags = tags;
  }

  /**
   * Compiles the methods. Starts the engine.
   *
   * @param methods TorchScript, each text one or more {@code def}s at the left margin
   * @throws IllegalArgumentException if torch does not accept them; carries torch's message
   */
  public static ScriptModule of(String... methods) {
    NDManager manager = Torch.newManager(Device.cpu());
    try {
      byte[] archive = TorchScriptArchive.of(methods);
      PtSymbolBlock block =
          JniUtils.loadModule(
              (PtNDManager) manager, new ByteArrayInputStream(archive), false, false);
      return new ScriptModule(block, manager);
    } catch (EngineException e) {
      manager.close();
      throw new IllegalArgumentException("torch refused the script: " + e.getMessage(), e);
    } catch (IOException e) {
      manager.close();
      throw new UncheckedIOException("reading from memory failed", e);
    }
  }

  /**
   * Runs a method. Gradients are recorded if the calling thread's gradient mode is on and an input
   * asks for them; results can always enter a graph.
   *
   * @param inputs at least one; results belong to the first one's manager
   * @throws IllegalArgumentException if there is no such method or torch raised an error in it
   */
  public NDList call(String method, NDList inputs) {
    if (inputs.isEmpty()) {
      throw new IllegalArgumentException(
          "method '" + method + "' needs at least one array: results belong to its manager");
    }
    boolean recording = JniUtils.isGradMode();
    Torch.prepareThread();
    if (recording) {
      JniUtils.setGradMode(true);
    }
    NDList tagged = new NDList(inputs.size() + 1);
    tagged.addAll(inputs);
    tagged.add(tagByMethod.computeIfAbsent(method, this::tag));
    try {
      return IValueUtils.forward(block, tagged, true);
    } catch (EngineException e) {
      throw new IllegalArgumentException("method '" + method + "': " + e.getMessage(), e);
    }
  }

  /**
   * {@link #call(String, NDList)} with gradient recording on, for a method that asks for gradients
   * itself, by {@code torch.grad}.
   */
  public NDList differentiate(String method, NDList inputs) {
    Torch.prepareThread();
    boolean recording = JniUtils.isGradMode();
    JniUtils.setGradMode(true);
    try {
      return call(method, inputs);
    } finally {
      JniUtils.setGradMode(recording);
    }
  }

  /** {@link #call(String, NDList)} with arrays, for a method with one result. */
  public NDArray call(String method, NDArray... inputs) {
    return call(method, new NDList(inputs)).singletonOrThrow();
  }

  /**
   * Marks arrays as one argument of type {@code List[Tensor]}.
   *
   * @param name of the argument, a word; lists of one call need different names
   */
  public static NDList list(String name, NDList arrays) {
    for (NDArray array : arrays) {
      array.setName(name + "[]");
    }
    return arrays;
  }

  private NDArray tag(String method) {
    NDArray tag = tags.create(0f);
    NDScope.unregister(tag); // lives as long as the module, whatever scope its first call is in
    tag.setName("module_method:" + method);
    return tag;
  }
}
