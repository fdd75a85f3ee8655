/** The address of a client: of the socket, unless the peer is a proxy we were told to trust (S56). */
import { BlockList, isIP, isIPv6 } from 'node:net';
import type { Request } from 'express';
import { ConfigurationError } from '../../runtime/config.ts';

export type ClientAddress = (request: Request) => string;

/** @param proxies addresses and CIDR ranges. @throws ConfigurationError for one that is neither */
export function clientAddressBehind(proxies: readonly string[]): ClientAddress {
  const trusted = new BlockList();
  for (const proxy of proxies) trust(trusted, proxy);
  const isTrusted = (ip: string) => isIP(ip) !== 0 && trusted.check(ip, isIPv6(ip) ? 'ipv6' : 'ipv4');
  return (request) => {
    let address = plain(request.socket.remoteAddress ?? '');
    // Each proxy appends whom it saw: so it is read from the right, as far as the ones we trust reach.
    const hops = (request.get('x-forwarded-for') ?? '').split(',').map((hop) => plain(hop.trim()));
    while (isTrusted(address)) {
      const before = hops.pop();
      if (before === undefined || isIP(before) === 0) break;
      address = before;
    }
    return address;
  };
}

function trust(list: BlockList, proxy: string): void {
  const [address = '', prefix] = proxy.split('/');
  const bits = isIPv6(address) ? 128 : 32;
  const length = prefix === undefined ? bits : Number(prefix);
  if (isIP(address) === 0 || !Number.isInteger(length) || length < 1 || length > bits) {
    throw new ConfigurationError(`TRUSTED_PROXIES: "${proxy}" is neither an address nor a range such as 10.0.0.0/8`);
  }
  list.addSubnet(address, length, isIPv6(address) ? 'ipv6' : 'ipv4');
}

/** An IPv4 client of a socket that listens on both is told as `::ffff:192.0.2.1`. */
const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '');
