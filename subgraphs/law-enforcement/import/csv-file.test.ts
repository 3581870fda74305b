import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { readCsv } from "./csv-file";
import { splitRows } from "./csv-row";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "csv-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function read(
  content: string | Buffer,
): Promise<{ line: number; fields: readonly string[]; raw: string }[]> {
  const path = join(folder, "table.csv");
  await writeFile(path, content);
  const found = [];
  for await (const rows of readCsv(path)) found.push(...rows);
  return found.map(({ line, fields, raw }) => ({ line, fields, raw }));
}

test("quotes, doubled quotes, commas and line breaks inside quotes, blank lines, CRLF", () => {
  const text = 'a,"b ""c""",\r\n\r\n"d,\r\ne",f,""\n\ng,h,i\n';
  expect(splitRows(text, 1).rows).toEqual([
    { line: 1, fields: ["a", 'b "c"', ""], raw: 'a,"b ""c""",' },
    { line: 3, fields: ["d,\r\ne", "f", ""], raw: '"d,\r\ne",f,""' },
    { line: 6, fields: ["g", "h", "i"], raw: "g,h,i" },
  ]);
});

test.each([
  ["a quote inside a bare field", 'a,b"c,d\ne,f,g\n'],
  ["something after a closing quote", 'a,"b"c,d\ne,f,g\n'],
])("%s is a problem of its line alone", (_, text) => {
  const { rows, nextLine } = splitRows(text, 5);
  expect(rows.map(({ line, problem }) => [line, problem])).toEqual([
    [5, "a quote stands in the wrong place"],
    [6, undefined],
  ]);
  expect(nextLine).toBe(7);
});

test("an open quote is left for the next text", () => {
  expect(splitRows('a,b\nc,"d\n', 1)).toMatchObject({ consumed: 4, nextLine: 2 });
});

const field = fc.string({ unit: fc.constantFrom("a", "é", ",", '"', "\n", "\r\n", " ", "1") });
const table = fc.array(fc.array(field, { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 8 });

test("property: reads what csv-parse reads, and tells the line of each row", async () => {
  const quoted = (value: string) => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
  await fc.assert(
    fc.asyncProperty(table, fc.constantFrom("\n", "\r\n"), async (rows, lineBreak) => {
      const text = rows.map((row) => row.map(quoted).join(",") + lineBreak).join("");
      const found = await read(text);
      const oracle = parse(text, { relax_column_count: true, record_delimiter: lineBreak });
      expect(found.map((row) => row.fields)).toEqual(oracle);
      const lines = text.split("\n");
      for (const { line, raw } of found)
        expect(
          lines
            .slice(line - 1)
            .join("\n")
            .startsWith(raw),
        ).toBe(true);
    }),
    { numRuns: 200 },
  );
});

test("a file longer than one reading, with characters of several bytes everywhere", async () => {
  const rows = Array.from({ length: 20_000 }, (_, at) => `${at},"ünïcödé ${at}"`);
  const found = await read(`\uFEFFid,name\r\n${rows.join("\r\n")}\r\n`);
  expect(found[0]?.fields).toEqual(["id", "name"]);
  expect(found).toHaveLength(20_001);
  expect(found.at(-1)).toMatchObject({ line: 20_001, fields: ["19999", "ünïcödé 19999"] });
});

test.each<[string, string | Buffer, string, number | undefined]>([
  ["nothing", "", "FILE_EMPTY", undefined],
  ["a last line without a line break", "a,b\n1,2\n3,4", "FILE_CUT", 3],
  ["a last line cut inside a character", Buffer.from("a,b\n1,é", "utf8").subarray(0, -1), "NOT_UTF8", 2],
  ["bytes that are not UTF-8", Buffer.from("a,b\n1,2\n3,\xe9\n4,5\n", "latin1"), "NOT_UTF8", 3],
  ["a quote that is never closed", 'a,b\n1,"2\n3,4\n', "QUOTE_OPEN", 2],
  ["a quote that is not closed within 1 MB", `a,b\n1,"${"2\n".repeat(600_000)}"\n`, "QUOTE_OPEN", 2],
  ["a line without end", `a,b\n${"1".repeat(1_200_000)}\n`, "FILE_CUT", 2],
])("%s is refused with its line", async (_, content, code, line) => {
  await expect(read(content)).rejects.toMatchObject({ code, line });
});
