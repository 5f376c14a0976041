/* What Word says in its own way, said in HTML before the editor reads it: or else its lists would stay paragraphs, its
   first headings become none, and what was deleted come back. The rest is tidied when the text is stored, as is all
   this where it came another way (partnerships/pasting.py). */

import { Extension } from "django-prose-editor/editor";

const NO_TEXT = "del, style, xml, .MsoCommentReference, [style*='mso-element:comment-list'], [style*='display:none']";
const LEVEL = /mso-list:\s*l\d+\s+level(\d)/;
const BOLD = /^(bold|bolder|[5-9]\d\d|1000)$/;
const ITALIC = /^(italic|oblique)/;
const NUMBER = /^\W*\w{1,4}[.)]/;

function renamed(element, tag) {
  const other = document.createElement(tag);
  other.append(...element.childNodes);
  element.replaceWith(other);
}

function wrapped(node, tag) {
  const wrapper = document.createElement(tag);
  node.replaceWith(wrapper);
  wrapper.append(node);
  return wrapper;
}

/* Under the page's own title the headings of a document stand one level lower. */
function lowerHeadings(body) {
  if (!body.querySelector("h1, .MsoTitle")) return;
  for (const heading of body.querySelectorAll("h1, h2, h3, h4, h5, h6")) {
    renamed(heading, `h${Math.min(Number(heading.localName[1]) + 1, 4)}`);
  }
  for (const title of body.querySelectorAll(".MsoTitle")) renamed(title, "h2");
}

/* Paragraphs with a level become lists, and those of a deeper level lists in the item before them. */
function makeLists(body) {
  let lists = []; // that the last item is in, the outermost first: { level, tag, element }
  for (const paragraph of body.querySelectorAll("p[style*='mso-list']")) {
    const level = Number(LEVEL.exec(paragraph.getAttribute("style"))?.[1]);
    if (!level) continue;
    const marker = paragraph.querySelector("[style*='mso-list:Ignore']");
    const tag = NUMBER.test(marker?.textContent.trim()) ? "ol" : "ul";
    marker?.remove();

    if (paragraph.previousElementSibling !== lists[0]?.element) lists = [];
    lists = lists.filter((list) => list.level < level || (list.level === level && list.tag === tag));
    if (lists.at(-1)?.level !== level) {
      const element = document.createElement(tag);
      if (lists.length) lists.at(-1).element.lastElementChild.append(element);
      else paragraph.before(element);
      lists.push({ level, tag, element });
    }
    const item = document.createElement("li");
    lists.at(-1).element.append(item);
    item.append(paragraph);
  }
}

/* What an element itself says of its letters: "" where it says nothing. */
function lettersOf(element) {
  const { style } = document.createElement("span");
  style.cssText = element.getAttribute("style") ?? "";
  return {
    weight: style.fontWeight || (element.matches("b, strong") ? "bold" : ""),
    slant: style.fontStyle || (element.matches("i, em") ? "italic" : ""),
  };
}

function nearest(text, what) {
  for (let element = text.parentElement; element; element = element.parentElement) {
    const said = lettersOf(element)[what];
    if (said) return said;
  }
  return "";
}

/* The page's policy keeps the editor from reading styles, and their word outweighs the elements'. So what is bold or
   italic after all is told by elements alone. */
function tellInElements(body) {
  const texts = [];
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) if (walker.currentNode.data.trim()) texts.push(walker.currentNode);
  const letters = texts.map((text) => [BOLD.test(nearest(text, "weight")), ITALIC.test(nearest(text, "slant"))]);
  for (const element of body.querySelectorAll("b, strong, i, em")) element.replaceWith(...element.childNodes);
  for (const [index, text] of texts.entries()) {
    const [isBold, isItalic] = letters[index];
    const slanted = isItalic ? wrapped(text, "em") : text;
    if (isBold) wrapped(slanted, "strong");
  }
}

function tidied(html) {
  const { body } = new DOMParser().parseFromString(html, "text/html");
  for (const element of body.querySelectorAll(NO_TEXT)) element.remove();
  tellInElements(body);
  lowerHeadings(body);
  makeLists(body);
  for (const paragraph of body.querySelectorAll("p")) if (!paragraph.textContent.trim()) paragraph.remove();
  return body.innerHTML;
}

export const PastedText = Extension.create({ name: "pastedText", transformPastedHTML: tidied });
