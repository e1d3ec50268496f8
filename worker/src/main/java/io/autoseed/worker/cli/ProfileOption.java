package io.autoseed.worker.cli;

import io.autoseed.learning.torch.NumericProfile;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Which numeric profile a command means. */
final class ProfileOption {
  /** Those that workers compute in. */
  static final List<String> ALL =
      List.of(NumericProfile.AVX2, NumericProfile.NATIVE, NumericProfile.CUDA);

  /** Those of workers on the CPU. */
  static final List<String> ON_CPU = List.of(NumericProfile.AVX2, NumericProfile.NATIVE);

  private static final String OPTION = "--profile";
  private static final String VARIABLE = "AUTOSEED_NUMERIC_PROFILE";

  private ProfileOption() {}

  /**
   * What the option says, else {@code AUTOSEED_NUMERIC_PROFILE} unless it is empty, else {@code
   * unlessChosen}.
   *
   * @param option null if it was not given
   * @param known what may be chosen
   * @param command named by the error
   * @throws ParameterException if another is chosen
   */
  static String chosen(
      String option, String unlessChosen, List<String> known, CommandSpec command) {
    return chosen(option, System.getenv(), unlessChosen, known, command);
  }

  /**
   * The profile that a run is submitted to: any that is chosen, else that of the stack's workers.
   */
  static String ofRun(String option, Surroundings surroundings, CommandSpec command) {
    return chosen(option, StackProcesses.read(surroundings.home()).runProfile(), ALL, command);
  }

  static String chosen(
      String option,
      Map<String, String> environment,
      String unlessChosen,
      List<String> known,
      CommandSpec command) {
    String variable = environment.getOrDefault(VARIABLE, "");
    if (option == null && variable.isEmpty()) {
      return unlessChosen;
    }
    String chosen = option != null ? option : variable;
    if (!known.contains(chosen)) {
      throw new ParameterException(
          command.commandLine(),
          (option != null ? OPTION : VARIABLE)
              + ": expected "
              + String.join(" or ", known)
              + ", found "
              + (chosen.isEmpty() ? "nothing" : chosen));
    }
    return chosen;
  }
}
