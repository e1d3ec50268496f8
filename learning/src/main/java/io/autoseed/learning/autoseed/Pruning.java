package io.autoseed.learning.autoseed;

import java.util.ArrayList;
import java.util.List;

/**
 * Keeps the bank small: a task's seeds in one list, merged (same class only, cheapest first, first
 * index on ties) while more than wanted are left. Class means stay exact.
 */
final class Pruning {
  /**
   * A seed in e coordinates.
   *
   * @param place its class's place in the task
   * @param v [d]
   * @param q utility, mean q_i over the slot's samples
   * @param members the generated seeds it has absorbed, itself included
   */
  record Candidate(
      int place, double[] v, double pi, double sigma, double q, List<Integer> members) {
    /** v, sigma, q merge pi-weighted, pi adds. */
    Candidate with(Candidate other) {
      double total = pi + other.pi;
      double mine = pi / total;
      double theirs = other.pi / total;
      double[] merged = new double[v.length];
      for (int i = 0; i < merged.length; i++) {
        merged[i] = mine * v[i] + theirs * other.v[i];
      }
      List<Integer> all = new ArrayList<>(members);
      all.addAll(other.members);
      return new Candidate(
          place,
          merged,
          total,
          mine * sigma + theirs * other.sigma,
          mine * q + theirs * other.q,
          all);
    }
  }

  /** A pair that may merge. */
  record Merge(int first, int second, double cost) {}

  private Pruning() {}

  /** cost |v_i - v_j|^2 [pi_i pi_j / (pi_i + pi_j)] (q_i + q_j). */
  static double cost(Candidate i, Candidate j) {
    double apart = 0;
    for (int x = 0; x < i.v.length; x++) {
      double difference = i.v[x] - j.v[x];
      apart += difference * difference;
    }
    return apart * (i.pi * j.pi / (i.pi + j.pi)) * (i.q + j.q);
  }

  /** The cheapest merge there is; its cost is infinite if no class has two seeds. */
  static Merge cheapest(List<Candidate> seeds) {
    Merge best = new Merge(-1, -1, Double.POSITIVE_INFINITY);
    for (int i = 0; i < seeds.size(); i++) {
      for (int j = i + 1; j < seeds.size(); j++) {
        if (seeds.get(i).place == seeds.get(j).place) {
          double cost = cost(seeds.get(i), seeds.get(j));
          if (cost < best.cost) {
            best = new Merge(i, j, cost);
          }
        }
      }
    }
    return best;
  }

  /** The seeds with cheapest pairs merged until {@code wanted} are left; classes stay in order. */
  static List<Candidate> merged(List<Candidate> seeds, int wanted) {
    List<Candidate> left = new ArrayList<>(seeds);
    while (left.size() > wanted) {
      Merge merge = cheapest(left);
      if (merge.first < 0) {
        return left;
      }
      left.set(merge.first, left.get(merge.first).with(left.get(merge.second)));
      left.remove(merge.second);
    }
    return left;
  }
}
