/** Words as every file system takes them for the name of a file. */
export function fileName(words: string): string {
  return words
    .replace(/[\\/:*?"<>|\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, 100)
}
