// Against DNS rebinding: a page of another site that resolves its own name to this machine still sends that name.

/** The names under which this host may be addressed. */
export function allowedHosts(port: number): ReadonlySet<string> {
  return new Set([`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`]);
}

/** @param host the header `Host` as it came */
export function isAllowedHost(host: string | undefined, port: number): boolean {
  return host !== undefined && allowedHosts(port).has(host);
}
