package io.autoseed.infra.stack;

import io.autoseed.infra.doctor.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** What {@code doctor} says of a stack that was up before. */
record StackCheck(StackHome home, StackChoices choices, StackStatus status) {

  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    findings.add(credentials());
    boolean runs = status.components().stream().anyMatch(c -> c.pid() != 0);
    for (ComponentStatus component : status.components()) {
      findings.add(component(component, runs));
    }
    if (!status.warning().isEmpty()) {
      findings.add(Finding.problem("room", status.warning(), "free some"));
    }
    if (choices.temporal() == ProgramSource.EXTERNAL) {
      findings.add(
          Finding.note(
              "temporal",
              "the server is external and needs a namespace and search attributes of ours",
              String.join(
                  "\n", TemporalComponent.commandsFor(choices.external().temporalTarget()))));
    } else if (runs) {
      findings.add(
          Finding.note(
              "access",
              "Temporal and MLflow listen on loopback without a password: other users of this machine"
                  + " reach them",
              "on a shared machine use external servers"));
    }
    return findings;
  }

  private Finding component(ComponentStatus component, boolean runs) {
    if (component.healthy()) {
      return Finding.fine(
          component.name(),
          component.address().isEmpty() ? "healthy" : "healthy at " + component.address());
    }
    return runs
        ? Finding.problem(
            component.name(),
            (component.pid() == 0 ? "does not run" : "does not answer")
                + "; its log is "
                + home.log(component.name()),
            "autoseed up")
        : Finding.note(component.name(), "not running", "autoseed up");
  }

  private Finding credentials() {
    Path file = home.credentialsFile();
    try {
      String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
      return mode.equals("rw-------")
          ? Finding.fine("credentials", file + " is readable by its owner only")
          : Finding.problem("credentials", file + " has mode " + mode, "chmod 600 " + file);
    } catch (IOException e) {
      return Finding.problem(
          "credentials", file + " cannot be looked at: " + e.getMessage(), "restore it");
    }
  }
}
