// Follows the Tab key through the page. begin() gives the number of stops there should be, the next presses are then
// noted, and end() gives a text for each fault.
(() => {
    const FOCUSABLE =
        "a[href], area[href], button, input:not([type=hidden]), select, textarea, summary, iframe, audio[controls], " +
        "video[controls], [contenteditable], [tabindex]";
    const BOX = [
        "borderTopWidth", "borderBottomWidth", "borderTopColor", "borderBottomColor", "backgroundColor", "boxShadow",
        "textDecorationLine", "textDecorationThickness", "fill", "stroke", "strokeWidth",
    ];
    const told = (element) => element.outerHTML.replace(/\s+/g, " ").slice(0, 90);

    // In order: what Tab should stop at. Of a group of radio buttons, one; of boxes that scroll, those without another.
    const stops = () => {
        const isReachable = (element) =>
            element.tabIndex >= 0 && !element.disabled && element.checkVisibility({ visibilityProperty: true }) &&
            !element.closest("[inert]");
        const scrolls = (element) => {
            const { overflowX, overflowY } = getComputedStyle(element);
            return (
                (/auto|scroll/.test(overflowX) && element.scrollWidth > element.clientWidth) ||
                (/auto|scroll/.test(overflowY) && element.scrollHeight > element.clientHeight)
            );
        };
        const found = [...document.body.querySelectorAll("*")].filter((element) =>
            element.matches(FOCUSABLE)
                ? isReachable(element)
                : scrolls(element) && element.checkVisibility() && !element.querySelector(FOCUSABLE),
        );
        return found.filter((element) => {
            if (element.type !== "radio" || !element.name) return true;
            const group = found.filter((one) => one.type === "radio" && one.name === element.name && one.form === element.form);
            return element === (group.find((one) => one.checked) ?? group[0]);
        });
    };

    const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    const colours = new Map();
    const colour = (told) => {
        if (!colours.has(told)) {
            canvas.clearRect(0, 0, 1, 1);
            canvas.fillStyle = told;
            canvas.fillRect(0, 0, 1, 1);
            colours.set(told, [...canvas.getImageData(0, 0, 1, 1).data]);
        }
        return colours.get(told);
    };
    // Relative luminance and contrast as WCAG 2.2 defines them. What shows through is mixed with what is behind.
    const luminance = ([red, green, blue]) =>
        [red, green, blue]
            .map((part) => part / 255)
            .map((share) => (share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4))
            .reduce((sum, share, index) => sum + share * [0.2126, 0.7152, 0.0722][index], 0);
    const contrast = (one, behind) => {
        const [over, under] = [colour(one), colour(behind)];
        const mixed = over.slice(0, 3).map((part, index) => (part * over[3] + under[index] * (255 - over[3])) / 255);
        const [dark, light] = [luminance(mixed), luminance(under)].sort((a, b) => a - b);
        return (light + 0.05) / (dark + 0.05);
    };
    const ground = (element) => {
        for (let part = element; part; part = part.parentElement) {
            const { backgroundColor } = getComputedStyle(part);
            if (colour(backgroundColor)[3] > 250) return backgroundColor;
        }
        return "Canvas";
    };

    const looks = (element) =>
        [element, ...[...element.querySelectorAll("*")].slice(0, 8)]
            .map((part) => getComputedStyle(part))
            .map((style) => BOX.map((name) => style[name]).join())
            .join();
    const isMarked = (element) => {
        const { outlineStyle, outlineWidth, outlineColor, outlineOffset } = getComputedStyle(element);
        const behind = ground(parseFloat(outlineOffset) < 0 ? element : element.parentElement);
        const isOutlined =
            outlineStyle !== "none" && parseFloat(outlineWidth) >= 2 && contrast(outlineColor, behind) >= 3;
        return isOutlined || looks(element) !== before.get(element);
    };
    const isInView = (element) => {
        const { left, right, top, bottom, width, height } = element.getBoundingClientRect();
        // Of what is larger than the window a part will do; so it will of a text field, which browsers scroll to the
        // line that one writes on.
        const fits = (start, end, size, room) =>
            size > room || element.matches("textarea, [contenteditable]")
                ? start < room - 16 && end > 16
                : start >= -1 && end <= room + 1;
        return fits(left, right, width, innerWidth) && fits(top, bottom, height, innerHeight);
    };
    const isCovered = (element) => {
        const labels = [...(element.labels ?? [])];
        const parts = [element, ...[...element.querySelectorAll("*")].slice(0, 20), ...labels];
        // Looked at in the middle of what is in the window of each part.
        const isHit = (part) =>
            [...part.getClientRects()].some(({ left, right, top, bottom }) => {
                const [x, y] = [[left, right, innerWidth], [top, bottom, innerHeight]].map(
                    ([start, end, room]) => (Math.max(start, 0) + Math.min(end, room)) / 2,
                );
                const hit = document.elementFromPoint(x, y);
                return hit && (element.contains(hit) || labels.some((label) => label.contains(hit)));
            });
        return !parts.some(isHit);
    };

    let before, expected, faults, seen, direction;
    const note = () => {
        const element = document.activeElement ?? document.body;
        seen.push(element);
        if (element === document.body || doors.includes(element)) return;
        if (!isMarked(element)) faults.push(`no mark at the focus: ${told(element)}`);
        if (!isInView(element)) faults.push(`the focus is out of view: ${told(element)}`);
        else if (isCovered(element)) faults.push(`the focus is covered: ${told(element)}`);
    };
    addEventListener("keyup", (event) => event.key === "Tab" && note(), true);

    // Stand for what is before and after the page in a browser's window.
    const doors = ["prepend", "append"].map((put) => {
        const door = document.createElement("span");
        door.tabIndex = 0;
        door.style.position = "fixed";
        document.body[put](door);
        return door;
    });

    window.tabWalk = {
        begin(isBack) {
            [direction, seen, faults] = [isBack ? "Shift+Tab" : "Tab", [], []];
            expected = stops().filter((element) => !doors.includes(element));
            before ??= new Map(expected.map((element) => [element, looks(element)]));
            if (isBack) expected.reverse();
            else scrollTo(0, 0);
            doors[isBack ? 1 : 0].focus({ preventScroll: true });
            return expected.length;
        },
        end() {
            const name = (element) => (doors.includes(element) ? "out of the page" : element ? told(element) : "nowhere");
            const wanted = [...expected, doors[direction === "Tab" ? 1 : 0]];
            const step = wanted.findIndex((element, index) => seen[index] !== element);
            if (step >= 0) faults.push(`${direction} ${step + 1} led to ${name(seen[step])}, not to ${name(wanted[step])}`);
            return faults;
        },
    };
})
