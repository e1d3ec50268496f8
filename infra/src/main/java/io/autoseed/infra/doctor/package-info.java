/** What is wrong with this machine or a stack on it, and the command that mends it. */
package io.autoseed.infra.doctor;
