import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** Reads PDFs back in a process of its own: what reads them is an ES module, which the test runner cannot load. */
const READ = `
  import { text } from "node:stream/consumers";
  import { extractText } from "unpdf";
  const files = JSON.parse(await text(process.stdin));
  const read = async (file) =>
    (await extractText(new Uint8Array(Buffer.from(file, "base64")), { mergePages: true })).text;
  process.stdout.write(JSON.stringify(await Promise.all(files.map(read))));`;

/** The text of each PDF, with every break of a line or a word as one space. */
export async function printedTexts(files: readonly Uint8Array[]): Promise<string[]> {
  const reading = promisify(execFile)(process.execPath, ["--input-type=module", "-e", READ]);
  reading.child.stdin!.end(JSON.stringify(files.map((file) => Buffer.from(file).toString("base64"))));
  const { stdout } = await reading;
  return (JSON.parse(stdout) as string[]).map((one) => one.replace(/\s+/g, " ").trim());
}
