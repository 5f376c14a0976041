/* The focal point of a picture, set by a click on it, by dragging, or with the arrow keys. The number fields stay what
   is saved, and are the way without JavaScript. Beside it, what is cut out of the picture for wide places. */

const clamp = (value, least, most) => Math.min(Math.max(value, least), most);

/* object-position, in percent, that shows the part which the server cuts out: its middle at the focal point, kept
   inside the edges. whole, part: lengths along one side. */
function position(percent, whole, part) {
  if (part >= whole) return 50;
  return (clamp((whole * percent) / 100 - part / 2, 0, whole - part) / (whole - part)) * 100;
}

function made(name, properties) {
  return Object.assign(document.createElement(name), properties);
}

function setUp(chooser) {
  const picture = chooser.querySelector("img");
  const fields = [document.getElementById("id_focal_x"), document.getElementById("id_focal_y")];
  if (fields.includes(null)) return; // who may only look has no fields
  const { point: pointWords, hint: hintWords, cut: cutWords, ratio } = chooser.dataset;
  const [width, height] = ["width", "height"].map((side) => Number(picture.getAttribute(side)));

  const stage = made("div", { className: "focal__stage" });
  const point = made("button", { type: "button", className: "focal__point" });
  const hint = made("p", { className: "focal__hint", id: "focal-hint", textContent: hintWords });
  point.setAttribute("aria-describedby", hint.id);
  const part = made("img", { src: picture.src, alt: "" });
  part.style.aspectRatio = ratio;
  const cut = made("figure", { className: "focal__cut" });
  cut.append(part, made("figcaption", { textContent: cutWords }));
  picture.replaceWith(stage);
  stage.append(picture, point);
  stage.after(hint, cut);

  const values = () => fields.map((field) => clamp(Math.round(Number(field.value)) || 0, 0, 100));

  function show() {
    const [x, y] = values();
    point.style.left = `${x}%`;
    point.style.top = `${y}%`;
    point.setAttribute("aria-label", pointWords.replace("{x}", x).replace("{y}", y));
    const across = position(x, width, Math.min(width, height * ratio));
    const down = position(y, height, Math.min(height, width / ratio));
    part.style.objectPosition = `${across}% ${down}%`;
  }

  function set(x, y) {
    fields[0].value = clamp(Math.round(x), 0, 100);
    fields[1].value = clamp(Math.round(y), 0, 100);
    show();
  }

  function follow(event) {
    const area = picture.getBoundingClientRect();
    set(((event.clientX - area.left) / area.width) * 100, ((event.clientY - area.top) / area.height) * 100);
  }

  // A finger on the picture may only want to scroll past it: it sets the point by a tap, or drags the point itself.
  stage.addEventListener("click", (event) => {
    if (event.target === picture) follow(event);
  });
  stage.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || (event.pointerType === "touch" && event.target !== point)) return;
    event.preventDefault();
    stage.setPointerCapture(event.pointerId);
    follow(event);
    point.focus({ preventScroll: true });
  });
  stage.addEventListener("pointermove", (event) => {
    if (stage.hasPointerCapture(event.pointerId)) follow(event);
  });

  const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  point.addEventListener("keydown", (event) => {
    const step = steps[event.key];
    if (!step || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const [x, y] = values();
    const far = event.shiftKey ? 10 : 1;
    set(x + step[0] * far, y + step[1] * far);
  });

  for (const field of fields) field.addEventListener("input", show);
  show();
}

for (const chooser of document.querySelectorAll("[data-focal]")) setUp(chooser);
