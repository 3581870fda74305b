import { chmod, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readOrCreateSecrets } from "./secrets-file";

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "hub-secrets-"));
  path = join(folder, "inner", "secrets.json");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test("makes a file only its owner may read, and reads the same secrets again", async () => {
  const made = await readOrCreateSecrets(path, ["superuser", "signing"]);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(made.superuser).toHaveLength(32);
  expect(made.superuser).not.toBe(made.signing);
  expect(await readOrCreateSecrets(path, ["superuser", "signing"])).toEqual(made);
});

test("adds a new name and keeps the others", async () => {
  const before = await readOrCreateSecrets(path, ["superuser"]);
  const after = await readOrCreateSecrets(path, ["superuser", "advocacy"]);
  expect(after.superuser).toBe(before.superuser);
  expect(after.advocacy).toHaveLength(32);
});

test("many processes at once get the same secrets, whatever names they ask for", async () => {
  const asked = Array.from({ length: 20 }, (_, i) => readOrCreateSecrets(path, ["shared", `own-${i}`]));
  const answers = await Promise.all(asked);
  expect(new Set(answers.map(({ shared }) => shared)).size).toBe(1);
  expect(Object.keys(JSON.parse(await readFile(path, "utf8")) as object)).toHaveLength(21);
  expect(await readdir(join(folder, "inner"))).toEqual(["secrets.json"]);
});

test("a file half-written by a killed process does not block for ever", async () => {
  path = join(folder, "secrets.json");
  await writeFile(`${path}.new`, "{");
  await utimes(`${path}.new`, 0, 0);
  expect((await readOrCreateSecrets(path, ["a"])).a).toHaveLength(32);
});

test("refuses a file that others may read", async () => {
  await readOrCreateSecrets(path, ["a"]);
  await chmod(path, 0o640);
  await expect(readOrCreateSecrets(path, ["a"])).rejects.toThrow(/can be read by other users; run chmod 600/);
});

test.each(["", "{", "[]", '{"a": "short-secret"}'])(
  "refuses a damaged file without quoting it: %j",
  async (text) => {
    path = join(folder, "secrets.json");
    await writeFile(path, text, { mode: 0o600 });
    await expect(readOrCreateSecrets(path, ["a"])).rejects.toThrow(
      new Error(
        `The secrets file ${path} is damaged; restore it, or remove it together with the data it opens.`,
      ),
    );
    expect(await readFile(path, "utf8")).toBe(text);
  },
);
