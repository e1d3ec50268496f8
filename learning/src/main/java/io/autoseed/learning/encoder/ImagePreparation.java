package io.autoseed.learning.encoder;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.IntFunction;

/**
 * Decodes and crops images in order, a few ahead of the reader on another thread, so that the
 * network does not wait for them. The result does not depend on the executor.
 */
final class ImagePreparation implements Iterable<byte[]> {
  private static final int AHEAD = 16;

  private final List<byte[]> files;
  private final IntFunction<String> names;
  private final Executor executor;

  /**
   * @param names how to call the file at an index in an error
   */
  ImagePreparation(List<byte[]> files, IntFunction<String> names, Executor executor) {
    this.files = files;
    this.names = names;
    this.executor = executor;
  }

  private byte[] prepare(int index) {
    RgbImage image = ImageDecoder.decode(files.get(index), names.apply(index));
    return BicubicCrop.square(image, ImageTower.SIDE);
  }

  @Override
  public Iterator<byte[]> iterator() {
    return new Iterator<>() {
      private final ArrayDeque<CompletableFuture<byte[]>> ahead = new ArrayDeque<>();
      private int started;

      @Override
      public boolean hasNext() {
        return !ahead.isEmpty() || started < files.size();
      }

      @Override
      public byte[] next() {
        if (!hasNext()) {
          throw new NoSuchElementException("all " + files.size() + " images are prepared");
        }
        while (ahead.size() < AHEAD && started < files.size()) {
          int index = started++;
          ahead.add(CompletableFuture.supplyAsync(() -> prepare(index), executor));
        }
        try {
          return ahead.remove().join();
        } catch (CompletionException e) {
          if (e.getCause() instanceof ImageException image) {
            throw image;
          }
          throw e;
        }
      }
    };
  }
}
