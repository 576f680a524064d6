// What an idle workbench holds in memory, in megabytes.
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';

/** @param hostPid of the process that serves the page; Linux says what it holds */
export async function memoryOf(page: Page, hostPid: number): Promise<{ readonly host: number; readonly page: number }> {
  const resident = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${hostPid}/status`, 'utf8'))?.[1];
  if (resident === undefined) throw new Error(`/proc/${hostPid}/status has no VmRSS`);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('HeapProfiler.collectGarbage');
  const { usedSize } = await devtools.send('Runtime.getHeapUsage');
  return { host: (Number(resident) * 1024) / 1e6, page: usedSize / 1e6 };
}
