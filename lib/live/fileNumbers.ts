/** Numbers files by their names, from 0; of the 1,024 that were begun last. */
export class FileNumbers {
  private readonly numbers = new Map<string, number>();
  private readonly names = new Map<number, string>();
  private next = 0;

  /** The number of a file that begins, or goes on after another. */
  begin(name: string): number {
    const number = this.numbers.get(name) ?? this.next++;
    this.numbers.delete(name);
    this.numbers.set(name, number);
    this.names.set(number, name);
    if (this.numbers.size > mostFiles) {
      const [oldest, forgotten] = this.numbers.entries().next().value!;
      this.numbers.delete(oldest);
      this.names.delete(forgotten);
    }
    return number;
  }

  /** Empty where it is long gone. */
  nameOf(number: number): string {
    return this.names.get(number) ?? "";
  }
}

const mostFiles = 1024;
