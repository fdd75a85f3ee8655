/** The address of the same list, changed in some points. @param search the query of the list as it is shown */
export function addressWith(search: string, change: Record<string, string>): string {
  const address = new URLSearchParams(search);
  for (const [name, value] of Object.entries(change)) address.set(name, value);
  return `?${address.toString()}`;
}
