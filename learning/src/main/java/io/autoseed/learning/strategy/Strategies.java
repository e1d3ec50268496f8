package io.autoseed.learning.strategy;

import io.autoseed.learning.autoseed.AutoSeedFactory;
import io.autoseed.learning.baseline.ContinualClip;
import io.autoseed.learning.baseline.ExperienceReplay;
import io.autoseed.learning.baseline.FineTuning;
import io.autoseed.learning.baseline.GaussianReplay;
import io.autoseed.learning.baseline.GenerativeReplay;
import io.autoseed.learning.baseline.JointTraining;
import io.autoseed.learning.baseline.MetaExperienceReplay;
import io.autoseed.learning.baseline.StreamingLda;
import io.autoseed.learning.baseline.TipAdapter;
import io.autoseed.learning.baseline.VrLwf;
import io.autoseed.learning.baseline.WiseFt;
import io.autoseed.learning.baseline.Zscl;
import io.autoseed.learning.cgil.Cgil;
import io.autoseed.learning.hypernet.HyperNet;
import io.autoseed.learning.proof.Proof;
import io.autoseed.learning.ridge.Rail;
import io.autoseed.learning.ridge.RanPac;
import java.util.List;
import java.util.Optional;

/** Every strategy there is. Adding one means adding its factory to this list. */
public final class Strategies {
  private static final List<StrategyFactory> ALL =
      List.of(
          new AutoSeedFactory(),
          ContinualClip.FACTORY,
          StreamingLda.FACTORY,
          TipAdapter.FACTORY,
          Cgil.FACTORY,
          HyperNet.FACTORY,
          Proof.FACTORY,
          RanPac.FACTORY,
          Rail.FACTORY,
          FineTuning.FACTORY,
          WiseFt.FACTORY,
          ExperienceReplay.FACTORY,
          MetaExperienceReplay.FACTORY,
          GenerativeReplay.FACTORY,
          GaussianReplay.FACTORY,
          VrLwf.FACTORY,
          Zscl.FACTORY,
          JointTraining.FACTORY);

  private Strategies() {}

  public static List<StrategyFactory> all() {
    return ALL;
  }

  public static Optional<StrategyFactory> named(String name) {
    return ALL.stream().filter(factory -> factory.name().equals(name)).findFirst();
  }
}
