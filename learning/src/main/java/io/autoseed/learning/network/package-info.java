/** Small networks whose parameters are one vector, and what draws and takes them apart. */
package io.autoseed.learning.network;
