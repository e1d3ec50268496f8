/**
 * The PyTorch engine as the rest of {@code learning} sees it: start-up with one thread and no
 * network, devices, the numeric profile, TorchScript methods written from Java, and LAPACK.
 */
package io.autoseed.learning.torch;
