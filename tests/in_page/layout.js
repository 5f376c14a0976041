// What of the page's words cannot be read where they stand: past the sides of the window, or cut off by a box that
// hides what is larger than itself. Gives a text for each; none on a page that is right.
() => {
    const width = document.documentElement.clientWidth;
    const faults = [];
    const told = (node) => `"${node.data.trim().replace(/\s+/g, " ").slice(0, 50)}"`;
    const isShown = (element) => element.checkVisibility({ visibilityProperty: true });
    // Words for screen readers only stand in a box of a pixel, or are cut to nothing.
    const isForEarsOnly = (element) => {
        for (let part = element; part; part = part.parentElement) {
            const { clip, clipPath, position } = getComputedStyle(part);
            const { width, height } = part.getBoundingClientRect();
            if (position === "absolute" && ((width <= 1 && height <= 1) || clipPath === "inset(50%)" || clip.includes("rect")))
                return true;
        }
        return false;
    };
    const hides = (how) => how === "hidden" || how === "clip";
    const scrolls = (how) => how === "auto" || how === "scroll";

    const scrollWidth = Math.max(document.documentElement.scrollWidth, document.scrollingElement.scrollWidth);
    if (scrollWidth > width) faults.push(`the page is ${scrollWidth} px wide in ${width} px`);

    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    while (texts.nextNode()) {
        const text = texts.currentNode;
        const parent = text.parentElement;
        if (!text.data.trim() || parent.closest("script, style, template, noscript") || !isShown(parent)) continue;
        range.selectNodeContents(text);
        const parts = [...range.getClientRects()].filter((part) => part.width && part.height);
        if (!parts.length || isForEarsOnly(parent)) continue;
        const left = Math.min(...parts.map((part) => part.left));
        const right = Math.max(...parts.map((part) => part.right));
        const top = Math.min(...parts.map((part) => part.top));
        const bottom = Math.max(...parts.map((part) => part.bottom));
        let mayScroll = false;
        for (let box = parent; box && box !== document.documentElement; box = box.parentElement) {
            const { overflowX, overflowY } = getComputedStyle(box);
            const inner = box.getBoundingClientRect();
            // A line's box is taller than its letters: a quarter of it may go.
            const slack = parts[0].height / 4;
            if (hides(overflowX) && !mayScroll && (left < inner.left - 1 || right > inner.right + 1))
                faults.push(`${told(text)} is cut off at the side of <${box.localName} class="${box.className}">`);
            if (hides(overflowY) && !mayScroll && (top < inner.top - slack || bottom > inner.bottom + slack))
                faults.push(`${told(text)} is cut off below or above in <${box.localName} class="${box.className}">`);
            mayScroll ||= scrolls(overflowX) || scrolls(overflowY);
        }
        if (!mayScroll && (left < -1 || right > width + 1)) faults.push(`${told(text)} reaches past the side of the window`);
    }
    return faults;
}
