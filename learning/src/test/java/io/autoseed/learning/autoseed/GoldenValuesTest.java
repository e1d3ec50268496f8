package io.autoseed.learning.autoseed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.autoseed.learning.lda.Scatter;
import io.autoseed.learning.lda.Whitening;
import io.autoseed.learning.torch.Torch;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The formulas against values computed elsewhere, in float64 on fixed inputs. */
class GoldenValuesTest {
  private static final int D = 4;
  private static final int SAMPLES = 12;
  private static final int CLASSES = 3;

  private NDManager manager;
  private JsonNode golden;
  private NDArray x;
  private NDArray w;
  private NDArray y;
  private NDArray s;
  private Whitening whitening;
  private NDArray z;
  private NDArray k;

  @BeforeEach
  void computeWhatAllStartFrom() throws IOException {
    manager = Torch.newManager(Device.cpu());
    try (InputStream in = GoldenValuesTest.class.getResourceAsStream("/auto-seed/golden.json")) {
      golden = new ObjectMapper().readTree(in);
    }
    double[] images = new double[SAMPLES * D];
    int[] labels = new int[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      labels[i] = i % CLASSES;
      for (int j = 0; j < D; j++) {
        images[i * D + j] = Math.sin(1 + 3 * i + 7 * j);
      }
    }
    double[] names = new double[CLASSES * D];
    for (int c = 0; c < CLASSES; c++) {
      for (int j = 0; j < D; j++) {
        names[c * D + j] = Math.cos(2 + 5 * c + 3 * j);
      }
    }
    x = unit(manager.create(images, new Shape(SAMPLES, D)));
    w = unit(manager.create(names, new Shape(CLASSES, D)));
    y = Expressions.oneHot(manager, labels, CLASSES).toType(DataType.FLOAT64, false);
    s = Scatter.about(x, y);
    whitening = Whitening.of(Whitening.covariance(s, 9, 0.05));
    z = x.matMul(whitening.a());
    k = y.transpose().matMul(z).div(4);
  }

  @AfterEach
  void free() {
    manager.close();
  }

  private static NDArray unit(NDArray rows) {
    return rows.div(rows.square().sum(new int[] {1}, true).sqrt());
  }

  private NDArray quarter() {
    return manager.ones(new Shape(SAMPLES, 1), DataType.FLOAT64).div(4);
  }

  private void check(NDArray found, String name) {
    JsonNode expected = golden.get(name);
    double[] values = found.toDoubleArray();
    assertThat(values).as(name).hasSize(expected.isArray() ? expected.size() : 1);
    for (int i = 0; i < values.length; i++) {
      double value = expected.isArray() ? expected.get(i).asDouble() : expected.asDouble();
      assertThat(values[i]).as(name + " " + i).isCloseTo(value, within(1e-9));
    }
  }

  @Test
  void inputsAreTheRecordedOnes() {
    check(x.get("0"), "X0");
    check(w.get("0"), "w0");
  }

  @Test
  void scatterAndWhitening() {
    check(Expressions.diagonal(s), "S_diagonal");
    check(Expressions.diagonal(s).sum(), "S_trace");
    NDArray covariance = Whitening.covariance(s, 9, 0.05);
    check(io.autoseed.learning.torch.LinearAlgebra.eigh(covariance).values(), "C_eigenvalues");
    check(whitening.a().matMul(whitening.a()).get("0"), "C_inverse_row0");
    assertThat(
            whitening
                .a()
                .matMul(whitening.inverse())
                .sub(Expressions.identity(s, D))
                .abs()
                .max()
                .getDouble())
        .isLessThan(1e-12);
  }

  @Test
  void logitsAndCrossEntropy() {
    check(Keys.logits(z, k).get("0"), "logits_X0");
    check(Keys.crossEntropy(z, k, y).mean(), "cross_entropy_mean");
  }

  @Test
  void gradientInTheKeysAndTheInnerStep() {
    NDArray g = Keys.gradient(z, k, y, quarter());
    check(Expressions.norms(g), "E1_row_norms_weights_0.25");
    check(g.matMul(whitening.inverse()).get("0"), "E1_row0_times_Ainv");
    NDArray stepped = SeedLoss.innerStep(k, g);
    check(Keys.crossEntropy(z, stepped, y).mean(), "cross_entropy_after_k_minus_0.3*T*g");
  }

  @Test
  void textMap() {
    TextMap map = TextMap.fit(w, k);
    check(Expressions.diagonal(map.ki()), "E2_Ki_diagonal");
    NDArray missed = Expressions.rowSum(k.sub(map.leaveOneOut()).square());
    check(missed, "E2_squared_leave_one_out_residuals");
    double[] unseen = new double[D];
    for (int j = 0; j < D; j++) {
      unseen[j] = Math.cos(17 + 3 * j);
    }
    NDArray key = map.keys(unit(manager.create(unseen, new Shape(1, D))));
    check(
        key.matMul(whitening.inverse()).get("0"),
        "E2_unseen_key_times_Ainv__w=normalised_cos(17+3j)");
    check(Keys.logits(z, key).mul(Keys.TEMPERATURE).get("0:1, 0"), "E2_unseen_logit_times_T_of_X0");
  }

  @Test
  void trustInClassMeans() {
    NDArray p = TextMap.fit(w, k).leaveOneOut();
    MeanTrust trust = MeanTrust.of(k, p, new int[] {4, 4, 4});
    double[] found = {trust.r2(), trust.b(), trust.logOdds(4), trust.kl0(4)};
    check(manager.create(found), "E4_r2_b_logkappa_clamped");
  }

  @Test
  void symmetricContrast() {
    TextMap map = TextMap.fit(w, k);
    NDArray v = k.sub(map.m());
    NDArray t = map.keys(w).sub(map.m());
    check(SeedLoss.symmetricNce(v, t), "symmetric_infonce_inverse_temperature_10");
  }

  @Test
  void firstMergeOfPruning() {
    NDArray q = Signature.of(z, y, quarter(), k, 0).q();
    List<Pruning.Candidate> seeds = new ArrayList<>();
    double[] ofClass = new double[4];
    for (int i = 0; i < 4; i++) {
      ofClass[i] = q.get("" + 3 * i).toDoubleArray()[0];
      double[] row = z.get("" + 3 * i).toDoubleArray();
      seeds.add(new Pruning.Candidate(0, row, 0.25, 1, ofClass[i], List.of(i)));
    }
    check(manager.create(ofClass), "prune_q_class0");
    Pruning.Merge merge = Pruning.cheapest(seeds);
    JsonNode expected = golden.get("prune_first_merge_class0");
    assertThat(merge.first()).isEqualTo(expected.get("pair").get(0).asInt());
    assertThat(merge.second()).isEqualTo(expected.get("pair").get(1).asInt());
    assertThat(merge.cost()).isCloseTo(expected.get("cost").asDouble(), within(1e-9));
  }
}
