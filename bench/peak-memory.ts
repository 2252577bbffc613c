/** The most memory in use while `work` runs, in MiB of the whole process. */
export const peakMiB = async (work: () => Promise<void>): Promise<number> => {
  let most = 0;
  const timer = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 50);
  try {
    await work();
  } finally {
    clearInterval(timer);
  }
  return most / 2 ** 20;
};
