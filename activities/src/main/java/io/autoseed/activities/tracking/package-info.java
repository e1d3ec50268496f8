/** Tells MLflow what the catalog's outbox holds. Nothing else waits for it, or fails with it. */
package io.autoseed.activities.tracking;
