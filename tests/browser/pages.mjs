// Makes the pages that the tests look at, with the program itself.
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const program = process.env.PARALLAX ?? join(root, "target", "debug", "parallax");
const folder = mkdtempSync(join(tmpdir(), "parallax-pages-"));

/** What a title, a name, a term or a sentence may hold. */
export const hostile = {
  script: "<script>window.acted=1</script>",
  image: "<img src=x onerror=\"window.acted=1\">",
  svg: "<svg onload='window.acted=1'>",
  quotes: "\"'`>\" autofocus onfocus=\"window.acted=1",
  section: "]]><script>window.acted=1</script><![CDATA[",
  comment: "--></style></title><script>window.acted=1</script><!--",
  entity: "&lt;b&gt; &#x3c;script&#x3e; &bogus; &#xffffffff;",
  bidi: "abc\u202egnp.exe\u2066 def",
  address: "javascript:window.acted=1",
};

function page(name, ...paths) {
  const file = join(folder, `${name}.html`);
  execFileSync(program, ["report", ...paths, "--quiet", "--format", "html", "--output", file]);
  return `file://${file}`;
}

function hostilePage() {
  const corpus = join(folder, "hostile");
  const texts = Object.values(hostile);
  const rows = [];
  for (const [outlet, repeats] of [[hostile.script, 12], [hostile.quotes, 12], [hostile.bidi, 2]]) {
    for (let index = 0; index < repeats; index += 1) {
      const text = texts[index % texts.length];
      rows.push(JSON.stringify({
        outlet,
        id: index % 2 ? `${hostile.address}${index}` : `${text} ${index}`,
        title: `${text} regime ${index}`,
        date: "2018-01-02",
        event: `${texts[index % 3]} met`,
        text: `${text} The leftist regime fell. He said the “${text}” regime rose ${index}.\n\n`
          + `The leftist Jane Nobody spoke of ${text}. `
          + `A leftist ${text} spoke; ${text} answered the far-right ${hostile.image}.`,
      }));
    }
  }
  mkdirSync(corpus);
  writeFileSync(join(corpus, "articles.jsonl"), `${rows.join("\n")}\n`);
  const text = (value) => JSON.stringify(value);
  writeFileSync(join(corpus, "hostile.toml"), [
    "schema = 1", 'id = "hostile"', `title = ${text(hostile.comment)}`, 'version = "1.0.0"',
    'language = "en"', 'license = "CC0-1.0"', `description = ${text(hostile.image)}`,
    "[[category]]", 'id = "label"', `title = ${text(hostile.section + hostile.entity)}`,
    `description = ${text(hostile.script)}`, 'terms = ["leftist", "regime", "far-right"]',
    "[[target]]", 'id = "nobody"', `title = ${text(hostile.script)}`, 'kind = "person"',
    'names = ["Jane Nobody"]',
    "[[choice]]", 'id = "ruler"', `title = ${text(hostile.svg)}`,
    'variants = { left = ["leftist"], right = ["far-right"] }', "",
  ].join("\n"));
  writeFileSync(join(corpus, "corpus.toml"), [
    `title = ${text(hostile.comment + hostile.bidi)}`, 'lexicons = ["hostile.toml"]', "",
  ].join("\n"));
  return page("hostile", corpus);
}

export const seeds = page("seeds", join(root, "seeds"));
export const few = page("few", join(root, "seeds", "brayford-register", process.env.FEW ?? "001-funding-lapses.txt"));
/** Articles of one event in several outlets: too few for any verdict. */
function storyPage() {
  const corpus = join(folder, "story");
  mkdirSync(corpus);
  for (const outlet of ["brayford-register", "daily-turnpike", "millrace-weekly"]) {
    const [first] = readdirSync(join(root, "seeds", outlet)).filter((name) => name.endsWith(".txt")).sort();
    mkdirSync(join(corpus, outlet));
    copyFileSync(join(root, "seeds", outlet, first), join(corpus, outlet, first));
  }
  return page("story", corpus);
}

export const story = storyPage();
export const awkward = hostilePage();
