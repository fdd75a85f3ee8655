/** How client and worker reach the Temporal Service: address, TLS and API key from the configuration. */
import { readFileSync } from 'node:fs';
import { config } from '../runtime/config.ts';

export interface ConnectionSettings {
  address: string;
  apiKey?: string;
  tls?: true | { serverRootCACertificate?: Buffer; clientCertPair?: { crt: Buffer; key: Buffer } };
}

/** The certificates are given as paths of PEM files. @throws when one can't be read */
export function connectionSettings(): ConnectionSettings {
  const { address, apiKey, tls } = config().temporal;
  return {
    address,
    ...(apiKey === undefined ? {} : { apiKey }),
    ...(tls === undefined ? {} : { tls: tlsSettings(tls) }),
  };
}

function tlsSettings({
  ca,
  cert,
  key,
}: {
  ca?: string;
  cert?: string;
  key?: string;
}): NonNullable<ConnectionSettings['tls']> {
  const pair =
    cert === undefined || key === undefined ? undefined : { crt: readFileSync(cert), key: readFileSync(key) };
  if (ca === undefined && pair === undefined) return true;
  return {
    ...(ca === undefined ? {} : { serverRootCACertificate: readFileSync(ca) }),
    ...(pair === undefined ? {} : { clientCertPair: pair }),
  };
}
