/**
 * The durable half of a run: contracts between workflows, activities and whoever submits, and the
 * deterministic code that orders the phases. Payloads are references and small numbers; tensors,
 * images and sequences stay in the object store.
 */
package io.autoseed.workflows;
