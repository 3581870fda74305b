import { Command } from "commander";
import { registerSeed } from "./seed";

async function seed(...args: string[]): Promise<void> {
  const program = new Command("hub").exitOverride();
  registerSeed(program, {
    databaseUrls: () => Promise.reject(new Error("the databases were opened")),
  });
  await program.parseAsync(["seed", ...args], { from: "user" });
}

test.each([
  [["--seed", "x"], "--seed takes a whole number, not 'x'."],
  [["--seed", "1.5"], "--seed takes a whole number, not '1.5'."],
  [["--seed", ""], "--seed takes a whole number, not ''."],
  [["--people", "many"], "--people takes a whole number, not 'many'."],
])("%j is refused by name and value, before a database is opened", async (args, sentence) => {
  await expect(seed(...args)).rejects.toThrow(new Error(sentence));
});

test("numbers go on to the databases", async () => {
  await expect(seed("--seed", "7", "--people", "10")).rejects.toThrow("the databases were opened");
});
