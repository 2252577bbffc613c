/** Hands the browser a file that was made in it. */
export const downloadFile = (name: string, file: Blob): void => {
  const address = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
};

export const download = (name: string, type: string, text: string): void => downloadFile(name, new Blob([text], { type }));
