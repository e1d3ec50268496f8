package io.autoseed.worker.cli;

import io.autoseed.infra.doctor.Finding;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;

/** Says what is wrong with this machine or the stack and how to mend it. */
@Command(
    name = "doctor",
    description = {
      "Look at this machine and the stack; say what is wrong and how to mend it.",
      "Exit code 1 if something will not work."
    })
final class DoctorCommand extends AutoseedCommand {
  private final Surroundings surroundings;

  DoctorCommand(Terminal terminal, Surroundings surroundings) {
    super(terminal);
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    List<Finding> findings = surroundings.stack().doctor();
    boolean problem = findings.stream().anyMatch(f -> f.level() == Finding.Level.PROBLEM);
    print(Map.of("healthy", !problem, "findings", findings), text(findings));
    return problem ? ExitCode.FAILED : ExitCode.DONE;
  }

  private static String text(List<Finding> findings) {
    StringBuilder text = new StringBuilder();
    for (Finding finding : findings) {
      text.append(
          "%-8s %s: %s%n"
              .formatted(
                  finding.level().name().toLowerCase(Locale.ROOT),
                  finding.check(),
                  finding.found()));
      if (!finding.remedy().isEmpty()) {
        text.append("         mend: ").append(finding.remedy()).append('\n');
      }
    }
    return text.toString();
  }
}
