import { GraphQLError, type GraphQLFormattedError } from "graphql";

/** An async generator that yields nothing, and is over when its stream is: events reach the client another way. */
export class Ending implements AsyncGenerator<never, void, void> {
  /** Called when the client wants no more. */
  leave: (() => void) | undefined;
  private settle!: (error: GraphQLFormattedError | undefined) => void;
  private readonly over = new Promise<GraphQLFormattedError | undefined>((resolve) => {
    this.settle = resolve;
  });

  /** Ends the stream: with an error, or as complete. */
  finish(error: GraphQLFormattedError | undefined): void {
    this.settle(error);
  }

  async next(): Promise<IteratorResult<never, void>> {
    const error = await this.over;
    if (error) throw new GraphQLError(error.message, { extensions: error.extensions ?? null });
    return { done: true, value: undefined };
  }

  async return(): Promise<IteratorResult<never, void>> {
    this.leave?.();
    this.finish(undefined);
    return { done: true, value: undefined };
  }

  throw(): Promise<IteratorResult<never, void>> {
    return this.return();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }
}
