/** Gives the person a file that was made in the page. */
export function saveFile(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The download has its own hold of the content by then.
  setTimeout(() => {
    URL.revokeObjectURL(address);
  }, 1000);
}
