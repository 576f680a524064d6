// Files dragged from elsewhere onto a page.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { JSHandle, Page } from 'playwright-core';

export interface DroppedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export function fileAt(path: string, name = basename(path)): DroppedFile {
  return { name, bytes: new Uint8Array(readFileSync(path)) };
}

function transfer(page: Page, files: readonly DroppedFile[]): Promise<JSHandle> {
  const encoded = files.map(({ name, bytes }) => ({ name, text: Buffer.from(bytes).toString('base64') }));
  // As text: these tests do not know the browser's types.
  const make = `(files) => {
    const data = new DataTransfer();
    for (const { name, text } of files) {
      data.items.add(new File([Uint8Array.from(atob(text), (char) => char.charCodeAt(0))], name));
    }
    return data;
  }`;
  return page.evaluateHandle(`(${make})(${JSON.stringify(encoded)})`);
}

/** They hang over the page. @returns lets go of them */
export async function dragOver(page: Page, files: readonly DroppedFile[]): Promise<() => Promise<void>> {
  const dataTransfer = await transfer(page, files);
  await page.dispatchEvent('body', 'dragenter', { dataTransfer });
  await page.dispatchEvent('body', 'dragover', { dataTransfer });
  return () => page.dispatchEvent('body', 'drop', { dataTransfer });
}

export async function dropFiles(page: Page, files: readonly DroppedFile[]): Promise<void> {
  await (
    await dragOver(page, files)
  )();
}

/** From the disk, as the system's file manager does it: folders too. */
export async function dropFromDisk(page: Page, paths: readonly string[]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [...paths], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, x: 600, y: 400, data });
  }
  await session.detach();
}
