package io.autoseed.activities.phase;

import ai.djl.engine.EngineException;
import io.autoseed.activities.catalog.CatalogException;
import io.autoseed.activities.catalog.CatalogRefusedException;
import io.autoseed.activities.catalog.RunEndedException;
import io.autoseed.activities.store.CorruptObjectException;
import io.autoseed.activities.store.StoreException;
import io.autoseed.activities.store.StoreRefusedException;
import io.autoseed.learning.dataset.DataSetException;
import io.autoseed.learning.dataset.UnreadableDataException;
import io.autoseed.learning.encoder.ImageException;
import io.autoseed.workflows.Failures;
import io.temporal.failure.TemporalException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Tells trouble that no retry mends from trouble of the infrastructure. An object or a file that is
 * not what it was ends the run, and nothing is committed once that has ended; what is gone, refused
 * or cannot be read ends it after some minutes, and so does a mistake of this program; all else is
 * thrown on and tried again.
 */
final class Verdict {
  private Verdict() {}

  static <T> T on(Supplier<T> work) {
    try {
      return work.get();
    } catch (CorruptObjectException e) {
      throw Failures.digestMismatch(e.getMessage(), e);
    } catch (RunEndedException e) {
      throw Failures.badInput(e.getMessage(), e);
    } catch (StoreRefusedException | CatalogRefusedException | UnreadableDataException e) {
      throw Failures.unavailable(e.getMessage(), e);
    } catch (DataSetException | ImageException e) {
      throw e.getCause() instanceof OutOfMemoryError missing
          ? outOfMemory(missing)
          : Failures.badInput(e.getMessage(), e);
    } catch (OutOfMemoryError e) {
      throw outOfMemory(e);
    } catch (EngineException e) {
      throw isOutOfMemory(e) ? outOfMemory(e) : e;
    } catch (IllegalArgumentException
        | NullPointerException
        | IndexOutOfBoundsException
        | ClassCastException
        | ArithmeticException
        | UnsupportedOperationException
        | NoSuchElementException e) {
      throw mistaken(e);
    }
  }

  /** A worker of another build may not make it. */
  private static RuntimeException mistaken(RuntimeException e) {
    return Failures.unavailable(
        "the worker broke (%s): its log says where; update the worker"
            .formatted(e.toString().lines().findFirst().orElse("")),
        e);
  }

  /** Another worker, or this one when its neighbours are done, may have the memory. */
  private static RuntimeException outOfMemory(Throwable e) {
    return Failures.outOfMemory(
        "out of memory (%s) with a heap of %d MB: lower batch-size, or give the worker more memory"
            .formatted(firstLine(e), Runtime.getRuntime().maxMemory() >> 20),
        e);
  }

  /** The engine says so in words alone: {@code not enough memory: you tried to allocate ...}. */
  static boolean isOutOfMemory(EngineException e) {
    String message = firstLine(e).toLowerCase(Locale.ROOT);
    return message.contains("not enough memory") || message.contains("out of memory");
  }

  private static String firstLine(Throwable e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  /**
   * A computation that depends on its inputs alone, as a strategy's steps do: what it throws it
   * would throw again. Not so the native engine, which may have run out of memory.
   */
  static <T> T onComputation(Supplier<T> computation) {
    return judged(
        computation,
        e ->
            Failures.badInput(
                e.getMessage() == null ? "the computation broke: " + e : e.getMessage(), e));
  }

  /** A call of a service in the midst of a computation, which has not broken what breaks there. */
  static <T> T onService(Supplier<T> call) {
    return judged(() -> on(call), Verdict::mistaken);
  }

  /**
   * @param verdict on whatever is thrown that does not say by its type what it is
   */
  private static <T> T judged(
      Supplier<T> work, Function<RuntimeException, RuntimeException> verdict) {
    try {
      return work.get();
    } catch (TemporalException
        | StoreException
        | CatalogException
        | EngineException
        | UncheckedIOException e) {
      throw e;
    } catch (RuntimeException e) {
      throw verdict.apply(e);
    }
  }
}
