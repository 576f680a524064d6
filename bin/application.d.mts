// Types of application.mjs, which stays JavaScript so that an unsupported Node can read it.
export const applicationBuilder: URL;
export const applicationFolder: URL;
export const applicationStamp: URL;
export function isApplicationStale(target?: string): boolean;
