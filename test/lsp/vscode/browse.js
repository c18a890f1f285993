// VS Code in a browser: the squiggle, the light bulb, the preview of a fix, and
// the fix applied and saved. Takes a picture of each.

"use strict";

const path = require("path");
const { chromium } = require("playwright-core");

const [url, pictures, file, line] = process.argv.slice(2);

function expect(text, part) {
  if (!text.includes(part)) throw new Error(`"${part}" is not in "${text}"`);
}

async function main() {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
  const page = await browser.newPage({ viewport: { width: 1200, height: 720 } });
  page.setDefaultTimeout(40000);
  const picture = (name) =>
    page.screenshot({ path: path.join(pictures, `${name}.png`) });
  const palette = async (keys, text) => {
    await page.keyboard.press(keys);
    await page.waitForSelector(".quick-input-widget input", { state: "visible" });
    await page.keyboard.type(text, { delay: 20 });
    await page.waitForTimeout(800);
    await page.keyboard.press("Enter");
  };
  try {
    await page.goto(url);
    await page.waitForSelector(".monaco-workbench .part.editor");
    await page.waitForTimeout(4000);
    await palette("Control+p", file);
    await page.waitForSelector(".monaco-editor .view-line");
    // Only what is in sight is drawn.
    await page.waitForTimeout(1500);
    await palette("Control+g", line);
    await page.waitForSelector(".squiggly-error", { state: "attached" });
    await page.waitForTimeout(1000);
    console.log("squiggles:", await page.locator(".squiggly-error").count());
    // The problem's text, with the way that leads there.
    await page.keyboard.press("Alt+F8");
    await page.waitForSelector(".marker-widget .descriptioncontainer", { state: "visible" });
    await page.waitForTimeout(700);
    const problem = await page.locator(".marker-widget .descriptioncontainer").innerText();
    for (const part of ["this path returns without calling", "the guard fails", "returns here"])
      expect(problem.replaceAll("\u00a0", " "), part);
    await picture("squiggle");
    await page.keyboard.press("Escape");
    await page.waitForTimeout(300);

    await page.keyboard.press("Control+.");
    await page.waitForSelector(".action-widget .action", { state: "visible" });
    await page.waitForTimeout(500);
    const titles = await page.locator(".action-widget .action .title").allInnerTexts();
    for (const text of titles) console.log("action:", text);
    expect(titles[0], "Report a call and end it");
    await page.waitForSelector(".codicon-light-bulb, .codicon-lightbulb, .codicon-gutter-lightbulb", {
      state: "visible",
    });
    await picture("light-bulb");
    await page.keyboard.press("Enter");

    // What a person has to look at comes unticked: each of its files is ticked.
    const files = page.locator('.monaco-list-row[aria-level="1"] input.edit-checkbox');
    await files.first().waitFor({ state: "visible" });
    for (const box of await files.all()) await box.check();
    await page.waitForTimeout(1500);
    await picture("preview");
    await page.getByRole("button", { name: "Apply" }).first().click();
    await page.waitForFunction(
      () => document.querySelectorAll(".squiggly-error").length === 0
    );
    await page.waitForTimeout(1000);
    await picture("applied");
    console.log("squiggles:", await page.locator(".squiggly-error").count());
    await palette("F1", ">File: Save All Files");
    await page.waitForTimeout(1500);
  } catch (error) {
    await picture("failed");
    throw error;
  } finally {
    await browser.close();
  }
}

main().then(
  () => process.exit(0),
  (error) => {
    console.error(error);
    process.exit(1);
  }
);
