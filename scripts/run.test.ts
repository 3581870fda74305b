import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";

const project = join(__dirname, "..");
const lock = (version: string) =>
  JSON.stringify({
    packages: { "": {}, "node_modules/a": { version }, "node_modules/mac": { optional: true } },
  });

let root: string;

/** A project of its own around the real scripts, with packages that look installed. */
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "hub-run-"));
  await cp(__dirname, join(root, "scripts"), { recursive: true });
  await cp(join(project, ".swcrc"), join(root, ".swcrc"));
  await mkdir(join(root, "node_modules"));
  await symlink(join(project, "node_modules", "@swc"), join(root, "node_modules", "@swc"));
  await write("package-lock.json", lock("1.0.0"));
  await write(
    "node_modules/.package-lock.json",
    JSON.stringify({ packages: { "node_modules/a": { version: "1.0.0" } } }),
  );
  await write("cli/hub.ts", `console.log(process.argv.slice(2).join(" "));`);
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function write(path: string, content: string): Promise<void> {
  await mkdir(join(root, path, ".."), { recursive: true });
  await writeFile(join(root, path), content);
}

function spawnRun(args: string[], environment: NodeJS.ProcessEnv = {}) {
  return spawn(process.execPath, [join(root, "scripts", "run.mjs"), ...args], {
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

async function run(args: string[], environment?: NodeJS.ProcessEnv) {
  const child = spawnRun(args, environment);
  const closed = once(child, "close") as Promise<[number | null]>;
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), closed]);
  return { out: out.trim(), err: err.trim(), code };
}

describe("commands", () => {
  test("arguments go in, the exit code comes out", async () => {
    await write("cli/hub.ts", `console.log(process.argv.slice(2).join(" ")); process.exitCode = 7;`);
    expect(await run(["hub", "import", "a b"])).toEqual({ out: "import a b", err: "", code: 7 });
    expect(await run(["generate"])).toMatchObject({ out: "generate" });
  });

  test("an unknown command is answered with the list", async () => {
    expect(await run(["toString"])).toMatchObject({
      code: 1,
      err: expect.stringContaining("start | ") as string,
    });
  });

  test("a signal that comes twice at once is heard once, and the program ends as it likes", async () => {
    await write(
      "cli/start.ts",
      `let heard = 0;
       process.on("SIGINT", () => {
         heard += 1;
         process.kill(process.pid, "SIGINT"); // as npm does with the one it got
         setImmediate(() => setImmediate(() => console.log("interrupted")));
       });
       process.on("SIGTERM", () => { console.log("heard", heard); process.exit(4); });
       setInterval(() => undefined, 1000);
       console.log("up");`,
    );
    const child = spawnRun(["start"]);
    const said = text(child.stdout);
    await once(child.stdout, "data");
    child.kill("SIGINT");
    await once(child.stdout, "data");
    child.kill("SIGTERM");
    expect(await once(child, "close")).toEqual([4, null]);
    expect(await said).toBe("up\ninterrupted\nheard 1\n");
  });
});

describe("compiling", () => {
  const output = (path: string) => join(root, "dist", path);

  test("compiles what changed, whether newer or older, and nothing else", async () => {
    await write("platform/a.ts", "export const a: number = 1;");
    await run(["hub"]);
    await writeFile(output("platform/a.js"), "// untouched");
    const { mtime } = await stat(join(root, "platform/a.ts"));
    await utimes(output("platform/a.js"), mtime, mtime);
    await run(["hub"]);
    expect(await readFile(output("platform/a.js"), "utf8")).toBe("// untouched");

    await utimes(join(root, "platform/a.ts"), 1_000_000, 1_000_000);
    await run(["hub"]);
    expect(await readFile(output("platform/a.js"), "utf8")).toContain("a = 1");
  });

  test("removes outputs whose source is gone, and leaves tests out", async () => {
    await write("policy/old.ts", "export {};");
    await write("policy/old.test.ts", "export {};");
    await run(["hub"]);
    expect(await readdir(output("policy"))).toEqual(["old.js"]);
    await rm(join(root, "policy/old.ts"));
    await run(["hub"]);
    expect(await readdir(output("policy"))).toEqual([]);
  });

  test("a changed compiler setting compiles everything again", async () => {
    await run(["hub"]);
    const swcrc = await readFile(join(root, ".swcrc"), "utf8");
    await writeFile(output("cli/hub.js"), "broken(");
    const { mtime } = await stat(join(root, "cli/hub.ts"));
    await utimes(output("cli/hub.js"), mtime, mtime);
    await writeFile(join(root, ".swcrc"), `${swcrc} `);
    expect(await run(["hub", "again"])).toMatchObject({ out: "again", code: 0 });
  });

  test("commands that start together on nothing built all run", async () => {
    for (let i = 0; i < 40; i += 1) await write(`platform/m${i}.ts`, `export const n: number = ${i};`);
    const sum = Array.from({ length: 40 }, (_, i) => `require("../platform/m${i}").n`).join(" + ");
    await write("cli/hub.ts", `console.log(${sum});`);
    const results = await Promise.all(Array.from({ length: 4 }, () => run(["hub"])));
    expect(results).toEqual(Array.from({ length: 4 }, () => ({ out: "780", err: "", code: 0 })));
    expect(
      (await readdir(join(root, "dist"), { recursive: true })).filter((name) => name.endsWith(".new")),
    ).toEqual([]);
  });

  test("a source that does not compile is named, without the compiler's own stack", async () => {
    await write("gateway/bad.ts", "export const x: = 3");
    const { err, code } = await run(["hub"]);
    expect({ code, lines: err.split("\n").length < 10 }).toEqual({ code: 1, lines: true });
    expect(err).toContain("gateway/bad.ts");
  });
});

describe("installing", () => {
  /** Stands in for npm: takes a moment, notes that it ran, and installs version `version` of package a. */
  async function fakeNpm(version: string, exitCode = 0): Promise<NodeJS.ProcessEnv> {
    await write(
      "npm.js",
      `const fs = require("node:fs");
       fs.appendFileSync("npm-ran", process.argv.slice(2).join(" ") + "\\n");
       setTimeout(() => {
         fs.writeFileSync("node_modules/.package-lock.json",
           JSON.stringify({ packages: { "node_modules/a": { version: "${version}" } } }));
         process.exit(${exitCode});
       }, 300);`,
    );
    return { npm_execpath: join(root, "npm.js") };
  }
  const timesRun = () =>
    readFile(join(root, "npm-ran"), "utf8").then((lines) => lines.trim().split("\n").length);

  test("another version in the lock file is installed first, once for two commands at the same time", async () => {
    const npm = await fakeNpm("2.0.0");
    await write("package-lock.json", lock("2.0.0"));
    const results = await Promise.all([run(["hub", "x"], npm), run(["hub", "x"], npm)]);
    expect(results.map(({ out, code }) => ({ out, code }))).toEqual(Array(2).fill({ out: "x", code: 0 }));
    expect(await timesRun()).toBe(1);
    expect(await readdir(join(root, ".hub"))).toEqual([]);
  });

  test("nothing is installed when all is there but another platform's package", async () => {
    const npm = await fakeNpm("1.0.0");
    expect(await run(["hub", "x"], npm)).toEqual({ out: "x", err: "", code: 0 });
    await expect(timesRun()).rejects.toThrow(/ENOENT/);
  });

  test("a lock left by a command that was killed does not block", async () => {
    const npm = await fakeNpm("2.0.0");
    await write("package-lock.json", lock("2.0.0"));
    await write(".hub/installing", "99999999");
    expect(await run(["hub", "x"], npm)).toMatchObject({ out: "x", code: 0 });
  });

  test("npm failing, or not installing what the lock file names, stops the command with a sentence", async () => {
    await write("package-lock.json", lock("2.0.0"));
    expect(await run(["hub"], await fakeNpm("1.0.0", 1))).toMatchObject({
      code: 1,
      err: expect.stringMatching(/npm install failed/) as string,
    });
    expect(await run(["hub"], await fakeNpm("1.5.0"))).toMatchObject({
      code: 1,
      err: expect.stringMatching(/does not fit package.json/) as string,
    });
  });
});
