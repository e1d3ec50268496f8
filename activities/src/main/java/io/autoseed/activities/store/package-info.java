/**
 * Objects by key, version and SHA-256: the artifact store, its local cache, manifests, checkpoints.
 */
package io.autoseed.activities.store;
