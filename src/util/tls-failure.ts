const TLS_CODE = /CERT|SSL|TLS|^EPROTO$|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH|INVALID_PURPOSE/;

/**
 * Why a TLS connection failed, and what to do, in words that mention TLS; undefined when TLS was not the problem.
 *
 * @param code code of a system error: `DEPTH_ZERO_SELF_SIGNED_CERT`
 */
export function tlsFailure(code: string): string | undefined {
  return TLS_CODE.test(code) ? `TLS failed with ${code}: ${advice(code)}` : undefined;
}

function advice(code: string): string {
  if (/WRONG_VERSION|PACKET_LENGTH|HTTP_REQUEST|^EPROTO$/.test(code)) return 'does it speak without TLS?';
  if (/ALTNAME|HOSTNAME/.test(code)) return 'its certificate is for another name';
  if (/EXPIRED|NOT_YET_VALID/.test(code)) return 'its certificate is not valid today; is the clock right?';
  return 'its certificate is not trusted; for one of your own, name its authority in NODE_EXTRA_CA_CERTS';
}

/** The code of a system error; empty when there is none. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
