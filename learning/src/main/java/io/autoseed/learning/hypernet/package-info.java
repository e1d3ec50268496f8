/** A hypernetwork that makes each task's keys from the task's embedding. */
package io.autoseed.learning.hypernet;
