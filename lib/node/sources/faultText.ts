/** What an error of the file system says, in a few words. */
export function faultText(error: unknown): string {
  const {code, message} = error as NodeJS.ErrnoException;
  switch (code) {
    case undefined:
      return message;
    case "ENOENT":
      return "no such file";
    case "ENOTDIR":
      return "is no folder";
    default:
      return `cannot be read (${code})`;
  }
}
