package io.autoseed.learning.tensor;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Random draws without a state to save: a stream is named by (random seed, task, purpose, step),
 * and its values follow by counting. Philox4x32-10 of Salmon et al., "Parallel random numbers: as
 * easy as 1, 2, 3" (SC 2011), keyed by the SHA-256 of the name. Normal draws are those of {@code
 * StrictMath}, so every machine gets the same bits.
 */
public final class CounterRandom {
  private static final int MULTIPLIER_0 = 0xD2511F53;
  private static final int MULTIPLIER_1 = 0xCD9E8D57;
  private static final int WEYL_0 = 0x9E3779B9;
  private static final int WEYL_1 = 0xBB67AE85;

  /** Twice as far as {@code Math} and {@code StrictMath} can be apart in a draw, relatively. */
  private static final double FURTHEST = 0x1p-48;

  private final int key0;
  private final int key1;
  private final int stream0;
  private final int stream1;
  private long block;
  private final int[] buffer = new int[4];
  private int used = 4;

  private CounterRandom(int key0, int key1, int stream0, int stream1) {
    this.key0 = key0;
    this.key1 = key1;
    this.stream0 = stream0;
    this.stream1 = stream1;
  }

  /**
   * The stream of that name.
   *
   * @param purpose what is drawn, for example {@code "ADAPT/replay"}
   */
  public static CounterRandom of(long randomSeed, int task, String purpose, int step) {
    String name = randomSeed + "|" + task + "|" + purpose + "|" + step;
    byte[] digest = sha256(name.getBytes(StandardCharsets.UTF_8));
    java.nio.ByteBuffer words = java.nio.ByteBuffer.wrap(digest);
    return new CounterRandom(words.getInt(), words.getInt(), words.getInt(), words.getInt());
  }

  /** The next 32 random bits. */
  public int nextInt() {
    if (used == 4) {
      philox((int) block, (int) (block >>> 32), stream0, stream1, key0, key1, buffer);
      block++;
      used = 0;
    }
    return buffer[used++];
  }

  /** Uniform in [0, 1), 53 bits. */
  public double nextDouble() {
    long high = Integer.toUnsignedLong(nextInt()) >>> 5;
    long low = Integer.toUnsignedLong(nextInt()) >>> 6;
    return (high * 67108864.0 + low) / 9007199254740992.0;
  }

  /** Uniform in 0..bound-1, without bias. */
  public int nextInt(int bound) {
    if (bound <= 0) {
      throw new IllegalArgumentException("bound must be positive, not " + bound);
    }
    long threshold = (1L << 32) % bound;
    while (true) {
      long bits = Integer.toUnsignedLong(nextInt());
      if (bits >= threshold) {
        return (int) (bits % bound);
      }
    }
  }

  /**
   * {@code count} draws from N(0, 1), by Box and Muller.
   *
   * <p>The floats are those that {@code StrictMath} leads to, on every machine. It is asked itself
   * only where the last bits of {@code Math}, which takes a fraction of its time, could lead to
   * others: once in millions.
   */
  public float[] gaussians(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i += 2) {
      double uniform = 1 - nextDouble();
      double angle = 2 * Math.PI * nextDouble();
      double radius = Math.sqrt(-2 * Math.log(uniform));
      double first = radius * Math.cos(angle);
      double second = radius * Math.sin(angle);
      if (!roundsSafely(first) || !roundsSafely(second)) {
        radius = StrictMath.sqrt(-2 * StrictMath.log(uniform));
        first = radius * StrictMath.cos(angle);
        second = radius * StrictMath.sin(angle);
      }
      values[i] = (float) first;
      if (i + 1 < count) {
        values[i + 1] = (float) second;
      }
    }
    return values;
  }

  /**
   * Whether all doubles as near to {@code value} as {@code StrictMath}'s are rounded to the same
   * float. A logarithm, a sine or a cosine of either library is within a unit in the last place,
   * 2^-52 of its value, so that two radii times a cosine are less than 2^-49 of theirs apart.
   */
  static boolean roundsSafely(double value) {
    return (float) (value * (1 - FURTHEST)) == (float) (value * (1 + FURTHEST));
  }

  /** A random order of 0..count-1 (Fisher and Yates). */
  public int[] permutation(int count) {
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      int j = nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  /**
   * Ten rounds of Philox4x32 on counter (c0..c3) and key (k0, k1); the result goes to {@code out}.
   */
  static void philox(int c0, int c1, int c2, int c3, int k0, int k1, int[] out) {
    int key0 = k0;
    int key1 = k1;
    for (int round = 0; round < 10; round++) {
      long product0 = Integer.toUnsignedLong(MULTIPLIER_0) * Integer.toUnsignedLong(c0);
      long product1 = Integer.toUnsignedLong(MULTIPLIER_1) * Integer.toUnsignedLong(c2);
      int next0 = (int) (product1 >>> 32) ^ c1 ^ key0;
      int next2 = (int) (product0 >>> 32) ^ c3 ^ key1;
      c1 = (int) product1;
      c3 = (int) product0;
      c0 = next0;
      c2 = next2;
      key0 += WEYL_0;
      key1 += WEYL_1;
    }
    out[0] = c0;
    out[1] = c1;
    out[2] = c2;
    out[3] = c3;
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
