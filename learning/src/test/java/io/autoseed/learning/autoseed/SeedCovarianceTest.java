package io.autoseed.learning.autoseed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.autoseed.learning.torch.LinearAlgebra;
import io.autoseed.learning.torch.NdArrays;
import io.autoseed.learning.torch.Torch;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Scores by low rank against the same covariances written out. */
class SeedCovarianceTest {
  private static final int D = 12;
  private static final int[] CLASSES = {0, 0, 0, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6};
  private static final float[] WEIGHTS = {
    .2f, .3f, .5f, 1, .5f, .5f, .1f, .9f, .4f, .6f, .25f, .75f, .5f, .5f
  };
  private static final int SEEN = 7;
  private static final int UPCOMING = 2;

  private NDManager manager;
  private NDArray v;
  private NDArray a;
  private SeedBank bank;

  @BeforeEach
  void open() {
    manager = Torch.newManager(Device.cpu());
    v = Gaussians.of(manager, "v", CLASSES.length, D);
    NDArray any = Gaussians.of(manager, "a", D, D);
    a = any.add(any.transpose());
    bank = new SeedBank(NdArrays.toTensor(v), CLASSES, WEIGHTS, new float[CLASSES.length]);
  }

  @AfterEach
  void free() {
    manager.close();
  }

  @Test
  void corrections_are_those_of_the_covariances_written_out() {
    NDArray byName = Gaussians.of(manager, "upcoming", UPCOMING, D);
    NDArray k = Gaussians.of(manager, "k", SEEN + UPCOMING, D);
    NDArray z = Gaussians.of(manager, "z", 5, D).mul(3);
    NDArray found = correction(SeedCovariance.of(bank, a, byName), z, k);
    assertThat(found.getShape()).isEqualTo(new Shape(5, SEEN + UPCOMING));
    NDArray centres = bank.means(manager).matMul(a).concat(byName, 0);
    for (int c = 0; c < SEEN + UPCOMING; c++) {
      NDArray sigma = covariance(centres, c);
      NDArray apart = z.sub(k.get(c + ":" + (c + 1))).toType(DataType.FLOAT64, false);
      NDArray own = apart.mul(apart.matMul(LinearAlgebra.inverse(sigma))).sum(new int[] {1});
      NDArray gain = apart.square().sum(new int[] {1}).sub(own).mul(0.5);
      double half = 0.5 * Expressions.value(LinearAlgebra.eigh(sigma).values().log().sum());
      float[] expected = gain.sub(half).toType(DataType.FLOAT32, false).toFloatArray();
      assertThat(found.get(":, " + c).toFloatArray()).containsExactly(expected, within(2e-3f));
    }
  }

  /** 12 offsets a class at most: 300 numbers are two samples of nine classes and one class. */
  @Test
  void portions_of_two_samples_and_of_one_class_equal_the_whole() {
    NDArray byName = Gaussians.of(manager, "upcoming", UPCOMING, D);
    NDArray k = Gaussians.of(manager, "k", SEEN + UPCOMING, D);
    NDArray z = Gaussians.of(manager, "z", 5, D).mul(3);
    SeedCovariance whole = SeedCovariance.of(bank, a, byName);
    int ofTwoSamples = 2 * whole.offsets().rows().length;
    SeedCovariance inPortions = SeedCovariance.of(bank, a, byName, ofTwoSamples);
    assertThat(inPortions.offsets().classesWithin(ofTwoSamples)).isEqualTo(1);
    assertThat(correction(inPortions, z, k).toFloatArray())
        .containsExactly(correction(whole, z, k).toFloatArray(), within(1e-4f));
  }

  private static NDArray correction(SeedCovariance covariance, NDArray z, NDArray k) {
    return covariance.correction(z, covariance.own(k));
  }

  /** I + sum over the 5 nearest of (0.4 / 5 + 0.1 [own]) B_j. */
  private NDArray covariance(NDArray centres, int c) {
    double[] distance = new double[SEEN];
    for (int j = 0; j < SEEN; j++) {
      NDArray apart = centres.get(c).sub(centres.get(j));
      distance[j] = Expressions.value(apart.square().sum());
    }
    int[] nearest =
        IntStream.range(0, SEEN)
            .boxed()
            .sorted(Comparator.comparingDouble(j -> distance[j]))
            .limit(5)
            .mapToInt(j -> j)
            .toArray();
    NDArray sigma = manager.eye(D).toType(DataType.FLOAT64, false);
    for (int m = 0; m < CLASSES.length; m++) {
      int j = CLASSES[m];
      if (Arrays.stream(nearest).anyMatch(near -> near == j)) {
        NDArray mean = bank.means(manager).get(j + ":" + (j + 1));
        NDArray u = v.get(m + ":" + (m + 1)).sub(mean).matMul(a).toType(DataType.FLOAT64, false);
        double weight = WEIGHTS[m] * (0.4 / 5 + (j == c ? 0.1 : 0));
        sigma = sigma.add(u.transpose().matMul(u).mul(weight));
      }
    }
    return sigma;
  }

  @Test
  void one_seed_a_class_says_nothing_of_covariance() {
    SeedBank single =
        new SeedBank(
            NdArrays.toTensor(v.get("0:3")),
            new int[] {0, 1, 2},
            new float[] {1, 1, 1},
            new float[3]);
    NDArray correction =
        correction(
            SeedCovariance.of(single, a, null),
            Gaussians.of(manager, "z", 4, D),
            Gaussians.of(manager, "k", 3, D));
    assertThat(correction.toFloatArray()).containsOnly(0);
  }
}
