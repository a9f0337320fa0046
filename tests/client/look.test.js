import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const sheet = readFileSync(new URL("../../server/yobidashi/live/client/look.css", import.meta.url), "utf8");
const colours = Object.fromEntries([...sheet.matchAll(/--([\w-]+): (#[0-9A-F]{6});/g)].map(([, name, hex]) => [name, hex]));

/** The contrast of two colours, WCAG 2.2. */
function contrast(one, other) {
  const [light, dark] = [one, other].map(luminance).sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(name) {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = parseInt(colours[name].slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

test("every text on every ground it stands on has 7:1", () => {
  for (const [text, grounds] of Object.entries({
    white: ["night", "cell"],
    "quiet-dark": ["night", "cell"],
    night: ["white", "ground", "lamp"],
    "quiet-light": ["white", "ground", "lamp"],
  })) {
    for (const ground of grounds) assert.ok(contrast(text, ground) >= 7, `${text} on ${ground}`);
  }
});

test("every icon and edge on every ground it stands on has 3:1", () => {
  for (const [shape, grounds] of Object.entries({
    edge: ["white", "ground"],
    "room-dark": ["night", "cell"],
    "room-light": ["white", "ground"],
    full: ["night", "cell", "white", "ground"],
    lamp: ["night", "cell"],
  })) {
    for (const ground of grounds) assert.ok(contrast(shape, ground) >= 3, `${shape} on ${ground}`);
  }
});

test("only the lamp is yellow, and one rule lights it", () => {
  assert.equal([...sheet.matchAll(/var\(--lamp\)/g)].length, 1);
  assert.equal([...sheet.matchAll(/#FFF100/gi)].length, 1);
});

test("nothing is loaded from another host, nothing is softened", () => {
  const fonts = readFileSync(new URL("../../server/yobidashi/live/client/fonts.css", import.meta.url), "utf8");
  for (const [, address] of (sheet + fonts).matchAll(/url\("([^"]*)"\)/g)) assert.match(address, /^\.\.\/vendor\//);
  assert.doesNotMatch(sheet, /gradient|box-shadow|text-shadow|https?:/);
});
