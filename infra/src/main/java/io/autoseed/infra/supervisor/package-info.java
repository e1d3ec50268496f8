/**
 * The process that keeps a stack's components alive.
 *
 * <p>Nothing but the JDK is used here: the supervisor's JVM is small, and its classes are copied
 * beside the stack's state so that a rebuild does not pull them away. It is told what to run by
 * files ({@link io.autoseed.infra.supervisor.RunDirectory}), so whoever is killed, whenever,
 * nothing said is lost.
 */
package io.autoseed.infra.supervisor;
