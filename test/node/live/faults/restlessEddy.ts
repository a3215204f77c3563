import {RunningEddy, wait} from "./runningEddy.js";

/** Kills `eddy live` at random moments, also while it starts, and starts it again with the same words, until it is left in peace. */
export class RestlessEddy {
  kills = 0;
  private eddy: RunningEddy;
  private isOver = false;
  private turn: Promise<unknown> = Promise.resolve();
  private readonly killing: Promise<void>;

  constructor(
    folder: string,
    args: readonly string[],
    private readonly random: () => number
  ) {
    this.eddy = new RunningEddy({folder, args});
    this.killing = this.killAgainAndAgain();
  }

  /** Does something with it, and it is not killed meanwhile; after it, by default, the same process goes on. */
  calmly<T>(work: (eddy: RunningEddy) => Promise<T>): Promise<T> {
    return this.inTurn(async () => work(await this.eddy.listening()));
  }

  /** Ends it as a user would when it is ready for that, does something, and starts it again. */
  without(isReady: (eddy: RunningEddy) => Promise<void>, work: () => Promise<void>): Promise<void> {
    return this.inTurn(async () => {
      await isReady(await this.eddy.listening());
      const code = await this.eddy.end("SIGTERM");
      if (code !== 0) throw new Error(`eddy live ended with ${code}:\n${this.eddy.said.join("\n")}`);
      await work();
      this.eddy = this.eddy.again();
    });
  }

  /** From now on it is not killed. */
  async leave(): Promise<RunningEddy> {
    this.isOver = true;
    await this.killing;
    return this.calmly(async (eddy) => eddy);
  }

  private async killAgainAndAgain(): Promise<void> {
    while (!this.isOver) {
      const {random, eddy} = this;
      const isEarly = random() < 0.25;
      if (!isEarly) await eddy.listening();
      await wait((isEarly ? 800 : 1200) * random());
      if (this.isOver) return;
      await this.inTurn(async () => {
        await this.eddy.end("SIGKILL");
        ++this.kills;
        await wait(random() < 0.5 ? 0 : 700 * random());
        this.eddy = this.eddy.again();
      });
    }
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.turn.then(work);
    this.turn = done.catch(() => {});
    return done;
  }
}
