package io.autoseed.infra.stack;

/** The S3 server of a local stack. */
public enum ObjectStoreKind {
  /** SeaweedFS from the pinned Python environment. */
  SEAWEEDFS,
  /** {@code minio} from the PATH, else built once with Go at the pinned version. */
  MINIO,
  /** A server that runs elsewhere; see {@link ExternalServices}. */
  EXTERNAL
}
