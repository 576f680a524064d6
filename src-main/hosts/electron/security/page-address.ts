// Which addresses are the page's own.

/** The origin, also of schemes whose origin the URL standard calls opaque. */
function originOf({ protocol, host }: URL): string {
  return `${protocol}//${host}`;
}

function parse(address: string): URL | null {
  try {
    return new URL(address);
  } catch {
    return null;
  }
}

/** Whether `address` has the origin of the page. */
export function isOfPage(address: string, page: URL): boolean {
  const url = parse(address);
  return url !== null && originOf(url) === originOf(page);
}

/** Whether `address` is the page itself, at whatever place in it. */
export function isPageItself(address: string, page: URL): boolean {
  return isOfPage(address, page) && parse(address)?.pathname === page.pathname;
}
