import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import axe from "axe-core";
import { chromium } from "playwright-core";
import { awkward, few, hostile, seeds, story } from "./pages.mjs";

const PAGES = { seeds, few, story, awkward };
let browser;

before(async () => {
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
      "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
});
after(() => browser.close());

/** Opens an address; whatever the page complains of or asks for ends in `faults`. */
async function open(address, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1400, height: 1000 }, ...options });
  const page = await context.newPage();
  const faults = [];
  page.on("console", (message) => faults.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("dialog", (dialog) => { faults.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on("request", (request) => {
    if (request.url().split("#")[0] !== address.split("#")[0]) faults.push(`request: ${request.url()}`);
  });
  await page.goto(address);
  return { page, faults, close: () => context.close() };
}

for (const [name, address] of Object.entries(PAGES)) {
  test(`${name}: loads, says nothing to the console, asks for nothing`, async () => {
    const { page, faults, close } = await open(address);
    await page.evaluate(() => { for (const fold of document.querySelectorAll("details")) fold.open = true; });
    assert.deepEqual(faults, []);
    assert.ok(await page.locator("main section").count() > 4);
    await close();
  });

  for (const width of [400, 1400]) {
    for (const colorScheme of ["light", "dark"]) {
      test(`${name}: nothing that axe finds at ${width} pixels, ${colorScheme}`, async () => {
        const { page, close } = await open(address, { viewport: { width, height: 900 }, colorScheme });
        await page.evaluate(() => { for (const fold of document.querySelectorAll("details")) fold.open = true; });
        await page.evaluate(axe.source);
        const found = await page.evaluate(() => window.axe.run(document, {
          runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
          resultTypes: ["violations"],
        }));
        const told = found.violations.map((v) => `${v.id}: ${v.nodes.length}, ${v.nodes[0].html.slice(0, 200)} ${v.nodes[0].failureSummary}`);
        assert.deepEqual(told, []);
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "wider than the screen");
        await close();
      });
    }
  }

  test(`${name}: no label of a chart is cut off`, async () => {
    const { page, close } = await open(address, { viewport: { width: 400, height: 900 } });
    const cut = await page.evaluate(() => [...document.querySelectorAll("svg text")].filter((text) => {
      const [inner, outer] = [text.getBoundingClientRect(), text.closest("figure").getBoundingClientRect()];
      return inner.left < outer.left - 2 || inner.right > outer.right + 2;
    }).map((text) => text.textContent));
    assert.deepEqual(cut, []);
    await close();
  });

  test(`${name}: every link within the page leads to something seen`, async () => {
    const { page, close } = await open(address);
    const dead = await page.evaluate(() => [...document.querySelectorAll("a[href^='#']")]
      .filter((link) => !document.getElementById(link.hash.slice(1))).map((link) => link.outerHTML));
    assert.deepEqual(dead, []);
    await close();
  });
}

test("tables sort by mouse and by keyboard, numbers as numbers, what is missing last", async () => {
  const { page, close } = await open(seeds);
  const table = page.locator("#comparisons table.data").first();
  const head = table.locator("thead th").nth(1);
  await head.locator("button").click();
  assert.equal(await head.getAttribute("aria-sort"), "descending");
  const column = () => table.locator("tbody tr td:nth-child(2)").allTextContents();
  const numbers = (texts) => texts.map((text) => Number(text.replace(",", "")));
  const falling = numbers(await column());
  assert.deepEqual(falling, [...falling].sort((x, y) => y - x));
  await head.locator("button").focus();
  await page.keyboard.press("Enter");
  assert.equal(await head.getAttribute("aria-sort"), "ascending");
  const rising = numbers(await column());
  assert.deepEqual(rising, [...rising].sort((x, y) => x - y));
  assert.ok(rising.length > 10 && rising[0] < rising.at(-1));
  const ratios = table.locator("thead th").nth(4);
  await ratios.locator("button").focus();
  await page.keyboard.press("Space");
  const shown = await table.locator("tbody tr td:nth-child(5)").allTextContents();
  const firstMissing = shown.findIndex((text) => text.trim() === "–");
  assert.ok(firstMissing > 0 && shown.slice(firstMissing).every((text) => text.trim() === "–"));
  await close();
});

test("sentences filter by voice, outlet, category, term and text, and all come back", async () => {
  const { page, close } = await open(seeds);
  const visible = () => page.locator("#sentences li:visible");
  const status = page.locator("#found");
  const all = await status.textContent();
  const total = Number(all.replace(/\D/g, ""));
  assert.equal(await page.locator("#sentences li").count(), total);
  await page.selectOption("[name=voice]", "quoted");
  const quoted = await visible().count();
  assert.ok(quoted > 0 && quoted < total);
  assert.equal(await page.locator("#sentences li[data-voice=quoted]").count(), quoted);
  assert.equal(await status.textContent(), `${quoted} sentences`);
  await page.selectOption("[name=outlet]", "daily-turnpike");
  const fewer = await visible().count();
  assert.ok(fewer > 0 && fewer < quoted);
  await page.getByRole("button", { name: "Clear" }).click();
  await page.waitForFunction((text) => document.getElementById("found").textContent === text, all);
  await page.selectOption("[name=group]", "0");
  assert.ok(await visible().count() > 0);
  assert.equal(await page.locator("#sentences .group:visible").count(), 1);
  await page.selectOption("[name=group]", "");
  await page.fill("[name=term]", "far-right");
  const terms = (items) => items.map((item) => item.dataset.term ?? item.querySelector("mark").textContent);
  for (const term of await visible().evaluateAll(terms)) assert.match(term.toLowerCase(), /far-right/);
  await page.fill("[name=term]", "");
  await page.fill("[name=text]", "no such words anywhere");
  assert.equal(await visible().count(), 0);
  assert.equal(await status.textContent(), "0 sentences");
  // A link from a number brings its sentences back although they are filtered out.
  await page.locator("#rates a.value").first().click();
  const target = page.locator(":target");
  assert.ok(await target.isVisible());
  assert.match(await target.locator("h4").textContent(), /\d+ of \d+/);
  await close();
});

test("a term's number shows the sampled sentences of that term alone", async () => {
  const { page, faults, close } = await open(seeds);
  const link = page.locator("#terms a[data-term]").first();
  const term = await link.getAttribute("data-term");
  await link.click();
  assert.ok(await page.locator(":target").isVisible());
  const shown = await page.locator("#sentences li:visible").evaluateAll((items) =>
    items.map((item) => item.dataset.term ?? item.querySelector("mark").textContent));
  assert.ok(shown.length > 0);
  for (const found of shown) assert.equal(found.toLowerCase(), term.toLowerCase());
  // The next number that is asked for brings back what was filtered out.
  await page.locator("#rates a.value").first().click();
  const side = page.locator(":target");
  assert.equal(await side.locator("li:visible").count(), await side.locator("li").count());
  for (const [place, words] of [["#sources", /source: /], ["#articles", /\S/]]) {
    const text = page.locator(`${place} a[data-text]`).first();
    assert.match(await text.getAttribute("data-text"), words);
    await text.click();
    assert.ok(await page.locator(":target").isVisible());
    const asked = (await text.getAttribute("data-text")).toLowerCase();
    for (const found of await page.locator("#sentences li:visible").allTextContents()) {
      assert.ok(found.toLowerCase().includes(asked), found);
    }
  }
  assert.deepEqual(faults, []);
  await close();
});

test("what is asked of the sentences stands in the address", async () => {
  const { page, close } = await open(seeds);
  await page.selectOption("[name=voice]", "quoted");
  await page.fill("[name=text]", "wall");
  const status = await page.locator("#found").textContent();
  const address = page.url();
  assert.match(address, /#evidence\?voice=quoted&text=wall$/);
  await close();
  const again = await open(address);
  assert.equal(await again.page.inputValue("[name=voice]"), "quoted");
  assert.equal(await again.page.locator("#found").textContent(), status);
  await again.close();
});

test("where nothing can be told the outlets stand side by side first", async () => {
  const { page, close } = await open(story, { viewport: { width: 1400, height: 1000 } });
  assert.equal(await page.locator("main section").first().getAttribute("id"), "side-by-side");
  const versions = page.locator("#side-by-side .subject").first().locator(".version");
  assert.ok(await versions.count() >= 2);
  const boxes = await versions.evaluateAll((all) => all.map((one) => one.getBoundingClientRect().top));
  assert.equal(boxes[0], boxes[1]);
  assert.ok(await page.locator("#side-by-side .wordings").count() >= 2);
  await page.setViewportSize({ width: 400, height: 900 });
  const tops = await versions.evaluateAll((all) => all.map((one) => one.getBoundingClientRect().top));
  assert.ok(tops[1] > tops[0]);
  await close();
});

test("the keyboard reaches the report, the folds and the sentences", async () => {
  const { page, close } = await open(seeds);
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "content");
  const summary = page.locator("#sentences summary").first();
  await summary.focus();
  await page.keyboard.press("Enter");
  assert.ok(await page.locator("#sentences .group").first().evaluate((fold) => fold.open));
  const scroll = page.locator("#comparisons .scroll").first();
  await scroll.focus();
  assert.ok(await scroll.evaluate((region) => region === document.activeElement));
  await close();
});

test("without scripts everything is there but the filters", async () => {
  const { page, faults, close } = await open(seeds, { javaScriptEnabled: false });
  assert.deepEqual(faults, []);
  assert.ok(await page.locator("#rates svg.bar").count() > 20);
  assert.ok(await page.locator("#comparisons table tbody tr").count() > 20);
  assert.equal(await page.locator("#filters").isVisible(), false);
  await page.locator("#rates a.value").first().click();
  assert.ok(await page.locator(":target").isVisible());
  await close();
});

test("on paper the folds are open", async () => {
  const { page, close } = await open(seeds, { javaScriptEnabled: false });
  await page.setViewportSize({ width: 720, height: 1000 });
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.locator("#sentences li:visible").count(), await page.locator("#sentences li").count());
  assert.equal(await page.locator("#filters").isVisible(), false);
  const cut = await page.evaluate(() => [...document.querySelectorAll(".scroll")]
    .filter((region) => region.offsetParent && region.scrollWidth > region.clientWidth + 1).length);
  assert.equal(cut, 0, "tables wider than the paper");
  const paper = (await page.pdf({ format: "A4" })).toString("latin1");
  const pages = (paper.match(/\/Type \/Page\b/g) ?? []).length;
  assert.ok(pages > 3 && pages < 45, `${pages} pages`);
  await close();
});

test("what is hostile is text", async () => {
  const { page, faults, close } = await open(awkward);
  await page.evaluate(() => { for (const fold of document.querySelectorAll("details")) fold.open = true; });
  const held = await page.evaluate(() => ({
    acted: window.acted,
    scripts: document.querySelectorAll("script").length,
    foreign: document.querySelectorAll("img, iframe, object, embed, link, [autofocus], [onload], [onerror], [onfocus], [style]").length,
    addresses: [...document.querySelectorAll("a")].filter((link) => !/^(#|https?:)/.test(link.getAttribute("href"))).length,
    text: document.body.textContent,
    title: document.title,
  }));
  assert.equal(held.acted, undefined);
  assert.equal(held.scripts, 1);
  assert.equal(held.foreign, 0);
  assert.equal(held.addresses, 0);
  assert.deepEqual(faults, []);
  for (const [name, text] of Object.entries(hostile)) {
    if (name !== "bidi") assert.ok(held.text.includes(text), name);
  }
  assert.ok(held.text.includes("abc\\u{202e}gnp.exe\\u{2066} def"));
  assert.doesNotMatch(held.text + held.title, /[\u202a-\u202e\u2066-\u2069]/);
  await close();
});
