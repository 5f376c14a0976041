// What a button of the bar opens over the form closes on Escape, and when one goes on elsewhere. Without this the
// button closes it.

for (const panel of document.querySelectorAll(".draft-bar details")) {
  const isOver = () => panel.open && getComputedStyle(panel.lastElementChild).position === "absolute";
  const isElsewhere = ({ target }) => !panel.contains(target);

  panel.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || !isOver()) return;
    panel.open = false;
    panel.querySelector("summary").focus();
  });
  for (const name of ["focusin", "pointerdown"]) {
    document.addEventListener(name, (event) => {
      if (isElsewhere(event) && isOver()) panel.open = false;
    });
  }
}
